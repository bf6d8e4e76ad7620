import { Type } from '@fastify/type-provider-typebox';

import { keepUse } from '../../../database/queries/answer-uses.ts';
import { readArticle } from '../../../database/queries/articles.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Told when somebody puts parts of it, or its link, into an answer. */
export const useArticleRoute: Route = (api, { database }) => {
  api.post(
    '/articles/:id/use',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Count that an article was put into an answer',
        params: IdParams,
        querystring: Nothing,
        response: {
          200: Type.Object({ id: Type.String() }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      return database.withCompany(company, async (trx) => {
        found(await readArticle(trx, id), 'article', id);
        await keepUse(trx, { kind: 'article', item: id, agent });
        return { id };
      });
    },
  );
};
