import { Type } from '@fastify/type-provider-typebox';

import type { Page } from '../../../database/keyset.ts';
import { listCannedResponses } from '../../../database/queries/canned-responses.ts';
import type { CannedResponse } from '../../../database/queries/canned-responses.ts';
import { cannedCsv } from '../../canned-csv.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { disposition } from '../files/serve-file.ts';

/** Read at once; all of them follow, however many there are. */
const ROWS_AT_ONCE = 1_000;

/** As a spreadsheet takes it; files stay behind. */
export const exportCannedResponsesRoute: Route = (api, { database }) => {
  api.get(
    '/canned-responses/export',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['canned-responses'],
        summary: 'All that the agent may use, as CSV (RFC 4180)',
        querystring: Nothing,
        produces: ['text/csv'],
        response: {
          200: { content: { 'text/csv': { schema: Type.String() } } },
          ...problems(...signedInCodes),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const items: CannedResponse[] = [];
      await database.withCompany(company, async (trx) => {
        let cursor: string | null = null;
        do {
          const page: Page<CannedResponse> = await listCannedResponses(trx, agent, {
            ...{ limit: ROWS_AT_ONCE, cursor },
          });
          items.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== null);
      });
      return reply
        .header('content-disposition', disposition('canned-responses.csv'))
        .type('text/csv; charset=utf-8')
        .send(cannedCsv(items));
    },
  );
};
