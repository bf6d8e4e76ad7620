import { Type } from '@fastify/type-provider-typebox';

import { newId } from '../../../database/new-id.ts';
import { insertNote, readActiveAgentNames, readNote } from '../../../database/queries/notes.ts';
import { readAgentFacts } from '../../../database/queries/facts.ts';
import { refused } from '../../../domain/errors.ts';
import { cleanText } from '../../../mail/clean-text.ts';
import { TEXT_CHARS_MAX } from '../../../mail/limits.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { mentionsIn } from '../../commands/mentions.ts';
import { runCommand } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Named, Nothing, TicketParams, orNull } from '../../schemas/basics.ts';
import { NoteBody } from '../../schemas/commands.ts';
import { problems } from '../../schemas/problem.ts';

const NoteAnswer = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: orNull(Named),
  text: Type.String(),
});

/** A note for agents only. Whoever is named by @ or in `mentions` is told. */
export const addNote: Route = (api, deps) => {
  api.post(
    '/tickets/:number/notes',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Note something for other agents',
        params: TicketParams,
        querystring: Nothing,
        body: NoteBody,
        response: { 201: NoteAnswer, ...problems(...commandCodes) },
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const { company, agent } = whoAsks(request);
      const text = cleanText(request.body.text, TEXT_CHARS_MAX).trimEnd();
      const asked = request.body.mentions ?? [];
      let id = '';
      await runCommand(deps, request, number, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ note: newId() }));
        id = ids.id('note');
        const known = await readAgentFacts(trx, asked);
        const stranger = asked.find((mentioned) => known[mentioned] === undefined);
        if (stranger !== undefined) throw refused('not_found', `There is no agent "${stranger}".`);
        const called = text.includes('@') ? mentionsIn(text, await readActiveAgentNames(trx)) : [];
        const mentions = [...new Set([...asked, ...called])];
        if (ids.fresh) await insertNote(trx, { id, ticket: number, agent, text, mentions });
        return { command: { type: 'note', note: id }, facts: { note: { id, mentions } } };
      });
      const note = await deps.database.withCompany(company, (trx) => readNote(trx, id));
      if (!note) throw new Error(`the note ${id} vanished while it was made`);
      return reply.code(201).send(note);
    },
  );
};
