import { Type } from '@fastify/type-provider-typebox';

import { deleteArticleDraft } from '../../../database/queries/article-drafts.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Revision } from '../../schemas/article-writing.ts';
import { IdParams, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { beginWriting, refuseOtherText } from './write-article.ts';

/** Back to what readers see. */
export const discardArticleDraftRoute: Route = (api, { database }) => {
  api.delete(
    '/articles/:id/draft',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Throw away what is not published of a published article',
        params: IdParams,
        querystring: strict({ base: Type.Optional(Revision) }),
        response: {
          204: Type.Null(),
          ...problems(...signedInCodes, 'not_found', 'news', 'not_allowed', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      await database.withCompany(company, async (trx) => {
        const now = await beginWriting(trx, id);
        if (!now.published) {
          throw refused(
            'not_allowed',
            'This article is not published, so all of it is a draft: delete the article instead.',
            { state: 'draft', allowed: ['published'] },
          );
        }
        if (now.changed) refuseOtherText(now, request.query.base);
        await deleteArticleDraft(trx, id);
      });
      return reply.code(204).send(null);
    },
  );
};
