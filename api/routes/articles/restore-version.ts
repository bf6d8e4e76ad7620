import { readArticleVersion } from '../../../database/queries/article-versions.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Revision, VersionParams, Writing } from '../../schemas/article-writing.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { writeText } from './write-article.ts';

/** Readers see it when it is published again. */
export const restoreArticleVersionRoute: Route = (api, { database }) => {
  api.post(
    '/articles/:id/versions/:version/restore',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Write an old version into the draft',
        params: VersionParams,
        querystring: Nothing,
        body: strict({ base: Revision }),
        response: {
          200: Writing,
          ...problems(...signedInCodes, 'not_found', 'news', 'idempotency_mismatch'),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id, version } = request.params;
      const { base } = request.body;
      return database.withCompany(company, async (trx) => {
        const old = await readArticleVersion(trx, id, version);
        const { title, body } = found(old, 'version of this article', version);
        return writeText(trx, id, { title, body }, { base, agent });
      });
    },
  );
};
