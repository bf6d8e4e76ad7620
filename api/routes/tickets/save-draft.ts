import {
  EMPTY_DRAFT,
  deleteDraft,
  lockDraft,
  readDraft,
  saveDraft,
} from '../../../database/queries/drafts.ts';
import type { DraftContent, DraftRow } from '../../../database/queries/drafts.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { DraftBody, SavedDraft } from '../../schemas/commands.ts';
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
        response: { 200: SavedDraft, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { company, agent } = whoAsks(request);
      const { base, ...given } = request.body;
      const content: DraftContent = { ...EMPTY_DRAFT, ...given };
      const { before, draft } = await database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, number))) throw noSuchTicket(number);
        await lockDraft(trx, number, agent);
        const kept = await readDraft(trx, number, agent);
        if (isEmpty(content)) await deleteDraft(trx, number, agent);
        else await saveDraft(trx, number, agent, content);
        return { before: kept, draft: await readDraft(trx, number, agent) };
      });
      return {
        ...content,
        attachments: draft?.files ?? [],
        updatedAt: draft?.updatedAt ?? null,
        replaced: replacedBy(content, before, base),
      };
    },
  );
};

function isEmpty(draft: DraftContent): boolean {
  const { text, html, to, cc, bcc, note, attachments } = draft;
  const lists = [to ?? [], cc, bcc, attachments];
  return [text, html ?? '', note].every((words) => words === '') && lists.flat().length === 0;
}

/** Null when nothing is lost: it was the writer's own, or says the same. */
function replacedBy(
  { text, html, note }: DraftContent,
  before: DraftRow | null,
  base: string | null | undefined,
) {
  if (!before || base === undefined || base === before.updatedAt) return null;
  const { content, updatedAt } = before;
  if (content.text === text && content.html === html && content.note === note) return null;
  return { text: content.text, html: content.html, note: content.note, updatedAt };
}
