import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Revision, writtenText, Writing } from '../../schemas/article-writing.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { writeText } from './write-article.ts';

/** Keeps what is being written; readers of a published article go on seeing what was published. */
export const saveArticleDraftRoute: Route = (api, { database }) => {
  api.put(
    '/articles/:id/draft',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Keep what is being written, out of the sight of readers',
        params: IdParams,
        querystring: Nothing,
        body: strict({ ...writtenText, base: Revision }),
        response: {
          200: Writing,
          ...problems(...signedInCodes, 'not_found', 'news', 'idempotency_mismatch'),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { base, ...text } = request.body;
      return database.withCompany(company, (trx) =>
        writeText(trx, request.params.id, text, { base, agent }),
      );
    },
  );
};
