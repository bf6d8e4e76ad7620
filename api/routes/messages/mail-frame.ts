import { Type } from '@fastify/type-provider-typebox';

import type { Route } from '../../deps.ts';
import { sendMailPage } from '../../mail-page.ts';
import { strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** The page is the same for every mail; an hour of an old look harms nobody. */
const FRAME_SECONDS = 3_600;

/**
 * The empty page that the console puts a mail into, after it has cleaned it once more. It brings
 * the policy: a frame without an address of its own would have that of the console
 * (docs/decisions/0010).
 */
export const showMailFrame: Route = (api, { config }) => {
  api.get(
    '/mail-frame',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: 'The empty page that the console shows a mail in',
        querystring: strict({ images: Type.Optional(Type.Boolean({ default: false })) }),
        produces: ['text/html'],
        response: { 200: Type.String(), ...problems(...signedInCodes) },
      },
    },
    async (request, reply) => {
      const { images = false } = request.query;
      return sendMailPage(request, reply, {
        html: '',
        remoteImages: images,
        publicUrl: config.publicUrl,
        maxAgeSeconds: FRAME_SECONDS,
      });
    },
  );
};
