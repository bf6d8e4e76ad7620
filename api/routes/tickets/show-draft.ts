import { EMPTY_DRAFT, readDraft } from '../../../database/queries/drafts.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { DraftAnswer } from '../../schemas/commands.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** What the signed-in agent has begun to write here; empty when nothing. */
export const showDraft: Route = (api, { database }) => {
  api.get(
    '/tickets/:number/draft',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'The draft of the signed-in agent',
        params: TicketParams,
        querystring: Nothing,
        response: { 200: DraftAnswer, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { company, agent } = whoAsks(request);
      const draft = await database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, number))) throw noSuchTicket(number);
        return readDraft(trx, number, agent);
      });
      const content = draft?.content ?? EMPTY_DRAFT;
      return { ...content, attachments: draft?.files ?? [], updatedAt: draft?.updatedAt ?? null };
    },
  );
};
