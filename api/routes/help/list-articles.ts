import { Type } from '@fastify/type-provider-typebox';

import { listHelpArticles, readHelpSite } from '../../../database/queries/help-pages.ts';
import type { Route } from '../../deps.ts';
import { READS } from '../../help-limits.ts';
import { noHelpSite } from '../../missing.ts';
import { Id, strict } from '../../schemas/basics.ts';
import { ListedArticle } from '../../schemas/help.ts';
import { problems } from '../../schemas/problem.ts';
import { Language } from '../../schemas/settings.ts';

export const listHelpArticlesRoute: Route = (api, { database }) => {
  api.get(
    '/help/:company/articles',
    {
      config: { auth: 'public', rateLimit: READS },
      schema: {
        tags: ['public'],
        summary: 'The published articles of public knowledge bases, by knowledge base and title',
        params: Type.Object({ company: Id }),
        querystring: strict({ language: Type.Optional(Language) }),
        response: {
          200: Type.Object({ items: Type.Array(ListedArticle) }),
          ...problems('not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { company } = request.params;
      const { language } = request.query;
      return database.withCompany(company, async (trx) => {
        if ((await readHelpSite(trx)) === null) throw noHelpSite();
        return { items: await listHelpArticles(trx, language) };
      });
    },
  );
};
