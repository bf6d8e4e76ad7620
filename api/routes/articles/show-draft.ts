import { readWriting } from '../../../database/queries/article-drafts.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Writing } from '../../schemas/article-writing.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const showArticleDraftRoute: Route = (api, { database }) => {
  api.get(
    '/articles/:id/draft',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'What its writers see: with their changes, if there are some',
        params: IdParams,
        querystring: Nothing,
        response: { 200: Writing, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const read = await database.withCompany(company, (trx) => readWriting(trx, id));
      return found(read, 'article', id);
    },
  );
};
