import { Type } from '@fastify/type-provider-typebox';

import { agentsFile, articleHtml } from '../../article-parts.ts';
import type { Route } from '../../deps.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { LongText } from '../../schemas/settings.ts';

/** Made by what customers read it with. */
export const previewArticleRoute: Route = (api) => {
  api.post(
    '/articles/preview',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['articles'],
        summary: 'How the Markdown of an article reads; nothing is kept',
        querystring: Nothing,
        body: strict({ body: LongText }),
        response: {
          200: Type.Object({ html: Type.String({ description: 'Runs nothing' }) }),
          ...problems(...signedInCodes),
        },
      },
    },
    async (request) => ({ html: articleHtml(request.body.body, agentsFile) }),
  );
};
