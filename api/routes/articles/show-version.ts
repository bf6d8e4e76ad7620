import { readArticleVersion } from '../../../database/queries/article-versions.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { VersionParams, WholeVersion } from '../../schemas/article-writing.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const showArticleVersionRoute: Route = (api, { database }) => {
  api.get(
    '/articles/:id/versions/:version',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'A text of it that was published',
        params: VersionParams,
        querystring: Nothing,
        response: { 200: WholeVersion, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id, version } = request.params;
      const read = await database.withCompany(company, (trx) =>
        readArticleVersion(trx, id, version),
      );
      return found(read, 'version of this article', version);
    },
  );
};
