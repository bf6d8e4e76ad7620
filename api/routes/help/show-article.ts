import { Type } from '@fastify/type-provider-typebox';

import { readArticleUse } from '../../../database/queries/articles.ts';
import { refused } from '../../../domain/errors.ts';
import { articleHtml } from '../../article-parts.ts';
import type { Route } from '../../deps.ts';
import { Id, Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';

/** A person reads a few pages in a minute; a whole office behind one address reads more. */
const READS_MAX = 120;
const WINDOW = '1 minute';

const HelpArticle = Type.Object({
  company: Type.String({ description: 'Its name' }),
  title: Type.String(),
  html: Type.String({ description: 'Cleaned' }),
  language: Type.String(),
  updatedAt: Type.String(),
});

/** What everybody may read: published articles of public knowledge bases, and no word of others. */
export const showHelpArticleRoute: Route = (api, { database }) => {
  api.get(
    '/help/:company/:id',
    {
      config: { auth: 'public', rateLimit: { max: READS_MAX, timeWindow: WINDOW } },
      schema: {
        tags: ['public'],
        summary: 'A published article of a public knowledge base',
        params: Type.Object({ company: Id, id: Id }),
        querystring: Nothing,
        response: { 200: HelpArticle, ...problems('not_found', 'rate_limited') },
      },
    },
    async (request) => {
      const { company, id } = request.params;
      const read = await database.withCompany(company, (trx) => readArticleUse(trx, id));
      if (!read?.published || !read.isPublic) {
        throw refused('not_found', 'There is no such article; it may have been taken away.');
      }
      const { companyName, title, body, language, updatedAt } = read;
      return { company: companyName, title, html: articleHtml(body), language, updatedAt };
    },
  );
};
