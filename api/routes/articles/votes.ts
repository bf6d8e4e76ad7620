import { Type } from '@fastify/type-provider-typebox';

import { listMissed } from '../../../database/queries/article-votes.ts';
import { readArticle } from '../../../database/queries/articles.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Article } from '../../schemas/settings.ts';

const Votes = Type.Object({
  helped: Article.properties.helped,
  missing: Type.Array(Type.Object({ text: Type.String(), at: Type.String() }), {
    description: 'What readers missed, the newest first',
  }),
});

export const showArticleVotesRoute: Route = (api, { database }) => {
  api.get(
    '/articles/:id/votes',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['answers'],
        summary: 'What readers say of an article: whether it helped, and what was missing',
        params: IdParams,
        querystring: Nothing,
        response: { 200: Votes, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      return database.withCompany(company, async (trx) => {
        const { helped } = found(await readArticle(trx, id), 'article', id);
        return { helped, missing: await listMissed(trx, id) };
      });
    },
  );
};
