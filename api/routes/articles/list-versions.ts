import { listArticleVersions } from '../../../database/queries/article-versions.ts';
import { readWriting } from '../../../database/queries/article-drafts.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { ArticleVersion } from '../../schemas/article-writing.ts';
import { clampLimit, IdParams, page, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const listArticleVersionsRoute: Route = (api, { database }) => {
  api.get(
    '/articles/:id/versions',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Every text of it that was published, newest first',
        params: IdParams,
        querystring: strict(pageQuery),
        response: { 200: page(ArticleVersion), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { limit, cursor } = request.query;
      return database.withCompany(company, async (trx) => {
        found(await readWriting(trx, id), 'article', id);
        const asked = { limit: clampLimit(limit), cursor: cursor ?? null };
        return listArticleVersions(trx, id, asked);
      });
    },
  );
};
