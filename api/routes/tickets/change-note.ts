import { readActiveAgentNames, rewriteNote } from '../../../database/queries/notes.ts';
import { notifyTicket } from '../../../database/queries/live.ts';
import { cleanText } from '../../../mail/clean-text.ts';
import { TEXT_CHARS_MAX } from '../../../mail/limits.ts';
import { mentionsIn } from '../../commands/mentions.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { NoteParams, Nothing, strict } from '../../schemas/basics.ts';
import { NoteText } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { ChangedNote } from '../../schemas/timeline.ts';

/** Words only: whom the note called when it was written was told then. */
export const changeNote: Route = (api, { database }) => {
  api.patch(
    '/tickets/:number/notes/:note',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Change the words of your own note; nobody is told anew',
        params: NoteParams,
        querystring: Nothing,
        body: strict({ text: NoteText }),
        response: { 200: ChangedNote, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { number, note: id } = request.params;
      const text = cleanText(request.body.text, TEXT_CHARS_MAX).trimEnd();
      return database.withCompany(company, async (trx) => {
        const mentions = mentionsIn(text, await readActiveAgentNames(trx));
        const words = { id, ticket: number, agent, text, mentions };
        if (!(await rewriteNote(trx, words))) throw missing('note of yours', id);
        await notifyTicket(trx, number);
        return { id, text };
      });
    },
  );
};
