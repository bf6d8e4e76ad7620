import { Type } from '@fastify/type-provider-typebox';

import type { Route } from '../../deps.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** What a mail can carry, so that an editor says it before somebody meets it. */
export const showUploadLimits: Route = (api, { config }) => {
  api.get(
    '/uploads/limits',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['files'],
        summary: 'How large a file, and all files of one mail, may be',
        querystring: Nothing,
        response: {
          200: Type.Object({
            fileBytes: Type.Integer({ description: 'One file' }),
            mailBytes: Type.Integer({ description: 'All files of one mail' }),
          }),
          ...problems(...signedInCodes),
        },
      },
    },
    async () => ({ fileBytes: config.attachmentBytesMax, mailBytes: config.mailBytesMax }),
  );
};
