import { Type } from '@fastify/type-provider-typebox';

import { listCannedResponses } from '../../../database/queries/canned-responses.ts';
import type { CannedResponse } from '../../../database/queries/canned-responses.ts';
import { CANNED_ROWS_MAX, cannedCsv } from '../../canned-csv.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { disposition } from '../files/serve-file.ts';

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
      const all = await database.withCompany(company, (trx) => {
        const page = { limit: CANNED_ROWS_MAX, cursor: null };
        return listCannedResponses(trx, agent, page);
      });
      const items: CannedResponse[] = all.items;
      return reply
        .header('content-disposition', disposition('canned-responses.csv'))
        .type('text/csv; charset=utf-8')
        .send(cannedCsv(items));
    },
  );
};
