import { Type } from '@fastify/type-provider-typebox';

import { listCannedResponses } from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { CannedResponse, Folder } from '../../schemas/canned-response.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SearchText } from '../../schemas/settings.ts';

const Query = strict({
  ...pageQuery,
  q: Type.Optional(SearchText),
  personal: Type.Optional(Type.Boolean()),
  folder: Type.Optional(Folder),
});

export const listCannedResponsesRoute: Route = (api, { database }) => {
  api.get(
    '/canned-responses',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['canned-responses'],
        summary: "The company's canned responses and one's own, by title",
        querystring: Query,
        response: { 200: page(CannedResponse), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { limit, cursor, ...filter } = request.query;
      const asked = { ...filter, limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, (trx) => listCannedResponses(trx, agent, asked));
    },
  );
};
