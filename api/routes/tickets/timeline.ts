import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { readTimeline } from '../../../database/queries/timeline.ts';
import type { CompanyTransaction } from '../../../database/client.ts';
import type { PageRequest } from '../../../database/keyset.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict, TicketParams } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { TimelineEntry } from '../../schemas/timeline.ts';
import { describeTimeline } from '../../timeline/describe-timeline.ts';

/** Reading marks nothing as read: `PUT /tickets/N/read` does, when a person has looked. */
export const showTimelineRoute: Route = (api, { database }) => {
  api.get(
    '/tickets/:number/timeline',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Mails, notes and history, oldest first',
        params: TicketParams,
        querystring: strict(pageQuery),
        response: { 200: page(TimelineEntry), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { number } = request.params;
      const { limit, cursor } = request.query;
      const asked = { limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, (trx) => readFor(trx, number, asked));
    },
  );
};

async function readFor(trx: CompanyTransaction, number: number, asked: PageRequest) {
  if (!(await ticketExists(trx, number))) throw missing('ticket', number);
  const { items, nextCursor } = await readTimeline(trx, number, asked);
  return { items: await describeTimeline(trx, items), nextCursor };
}
