import { Type } from '@fastify/type-provider-typebox';

import { listRelatedArticles, readHelpArticle } from '../../../database/queries/help-pages.ts';
import { refused } from '../../../domain/errors.ts';
import { articleHtml, helpFile } from '../../article-parts.ts';
import type { Route } from '../../deps.ts';
import { READS } from '../../help-limits.ts';
import { Id, Nothing } from '../../schemas/basics.ts';
import { HelpArticle } from '../../schemas/help.ts';
import { problems } from '../../schemas/problem.ts';

/** What search engines show below a title. */
const DESCRIPTION_CHARS_MAX = 160;

/** What everybody may read: published articles of public knowledge bases, and no word of others. */
export const showHelpArticleRoute: Route = (api, { database }) => {
  api.get(
    '/help/:company/:id',
    {
      config: { auth: 'public', rateLimit: READS },
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
      return database.withCompany(company, async (trx) => {
        const read = await readHelpArticle(trx, id);
        if (!read) {
          throw refused('not_found', 'There is no such article; it may have been taken away.');
        }
        const { body, beginning, ...article } = read;
        const description = beginning === null ? null : shortened(beginning);
        const related = await listRelatedArticles(trx, id);
        return { ...article, html: articleHtml(body, helpFile(company)), description, related };
      });
    },
  );
};

/** One line of whole words. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= DESCRIPTION_CHARS_MAX) return line;
  const cut = line.slice(0, DESCRIPTION_CHARS_MAX);
  const end = cut.lastIndexOf(' ');
  return `${end > 0 ? cut.slice(0, end) : cut}…`;
}
