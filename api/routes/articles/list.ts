import { Type } from '@fastify/type-provider-typebox';

import { listArticles } from '../../../database/queries/articles.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, Id, page, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Article, Language, SearchText } from '../../schemas/settings.ts';

const Query = strict({
  ...pageQuery,
  q: Type.Optional(SearchText),
  knowledgeBase: Type.Optional(Id),
  language: Type.Optional(Language),
  published: Type.Optional(Type.Boolean()),
});

export const listArticlesRoute: Route = (api, { database }) => {
  api.get(
    '/articles',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Articles, by title; with q those that answer it, best first',
        querystring: Query,
        response: { 200: page(Article), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { limit, cursor, ...filter } = request.query;
      const asked = { ...filter, limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, (trx) => listArticles(trx, asked));
    },
  );
};
