import { deleteDraft, readDraft, saveDraft } from '../../../database/queries/drafts.ts';
import type { DraftContent } from '../../../database/queries/drafts.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { DraftAnswer, DraftBody } from '../../schemas/commands.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Keeps what the signed-in agent is writing; an empty draft is forgotten. */
export const keepDraft: Route = (api, { database }) => {
  api.put(
    '/tickets/:number/draft',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Keep the draft of the signed-in agent',
        params: TicketParams,
        querystring: Nothing,
        body: DraftBody,
        response: { 200: DraftAnswer, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { company, agent } = whoAsks(request);
      const { text = '', html = null, cc = [], attachments = [] } = request.body;
      const content: DraftContent = { text, html, cc, attachments };
      const draft = await database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, number))) throw noSuchTicket(number);
        if (isEmpty(content)) await deleteDraft(trx, number, agent);
        else await saveDraft(trx, number, agent, content);
        return readDraft(trx, number, agent);
      });
      return {
        text,
        html,
        cc,
        attachments: draft?.files ?? [],
        updatedAt: draft?.updatedAt ?? null,
      };
    },
  );
};

function isEmpty({ text, html, cc, attachments }: DraftContent): boolean {
  return text === '' && (html ?? '') === '' && cc.length === 0 && attachments.length === 0;
}
