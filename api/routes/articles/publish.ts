import { Type } from '@fastify/type-provider-typebox';

import { deleteArticleDraft } from '../../../database/queries/article-drafts.ts';
import { readArticle, updateArticle } from '../../../database/queries/articles.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Revision } from '../../schemas/article-writing.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Article } from '../../schemas/settings.ts';
import { beginWriting, refuseEmptyText, refuseOtherText } from './write-article.ts';

const Body = strict({
  base: Type.Optional(Revision),
  over: Type.Optional(
    Type.Boolean({ description: 'Also over a version that was published since it was begun' }),
  ),
});

/** Shows readers what was written. */
export const publishArticleRoute: Route = (api, { database }) => {
  api.post(
    '/articles/:id/publish',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Publish what is written, as the next version',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: {
          200: Article,
          ...problems(...signedInCodes, 'not_found', 'news', 'idempotency_mismatch'),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { base, over = false } = request.body;
      return database.withCompany(company, async (trx) => {
        const now = await beginWriting(trx, id);
        refuseOtherText(now, base);
        if (now.behind && !over) {
          throw refused(
            'news',
            'A newer version was published since these changes were begun. ' +
              'Compare the two, and publish with over: true what shall be read.',
            { behind: true, revision: now.revision },
          );
        }
        refuseEmptyText(now);
        await deleteArticleDraft(trx, id);
        if (now.changed || !now.published) {
          const text = { title: now.title.trim(), body: now.body };
          await updateArticle(trx, id, { ...text, published: true }, agent);
        }
        return found(await readArticle(trx, id), 'article', id);
      });
    },
  );
};
