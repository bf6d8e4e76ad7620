import type { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';

import { findAttachment } from '../../../database/queries/attachments.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { serveFile } from './serve-file.ts';
import { Anyway, refuseThreat } from './threats.ts';

const FileBytes = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/** A file of a mail or an upload, as a download that runs nothing. */
export const showAttachment: Route = (api, { database, blobs }) => {
  api.get(
    '/attachments/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['files'],
        summary: 'Download a file, or one range of its bytes',
        params: IdParams,
        querystring: Anyway,
        produces: ['application/octet-stream', 'image/*'],
        response: {
          200: FileBytes,
          206: FileBytes,
          ...problems(...signedInCodes, 'not_found', 'not_allowed', 'unavailable'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const file = await database.withCompany(company, (trx) => findAttachment(trx, id));
      if (!file || !(await blobs.has(file.hash))) {
        throw refused('not_found', `There is no file "${id}".`);
      }
      refuseThreat(`"${file.filename}"`, file.threat, request.query.anyway);
      return serveFile(request, reply, blobs, file);
    },
  );
};
