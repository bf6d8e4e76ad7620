import type { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';

import { findPhoto } from '../../../database/queries/me.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { serveFile } from '../files/serve-file.ts';

const Query = strict({
  v: Type.Optional(
    Type.String({ maxLength: 64, description: 'Changes with the picture, for caches' }),
  ),
});

/** The picture of an agent, for their colleagues. */
export const showAgentPhoto: Route = (api, { database, blobs }) => {
  api.get(
    '/agents/:id/photo',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['agents'],
        summary: 'The picture of an agent (a small square WebP)',
        params: IdParams,
        querystring: Query,
        produces: ['image/webp'],
        response: {
          200: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
          206: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const photo = await database.withCompany(company, (trx) => findPhoto(trx, id));
      const file = found(photo, 'picture of an agent', id);
      return serveFile(request, reply, blobs, {
        ...file,
        filename: 'photo.webp',
        contentType: 'image/webp',
      });
    },
  );
};
