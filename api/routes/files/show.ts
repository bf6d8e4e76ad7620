import type { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';

import { findAttachment } from '../../../database/queries/attachments.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Types that a browser shows by itself without running anything; others are only saved. */
const SHOWABLE = /^image\/(png|jpeg|gif|webp|bmp|avif)$/;

const FileBytes = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/** A file of a mail or an upload, as a download that runs nothing. */
export const showAttachment: Route = (api, { database, blobs }) => {
  api.get(
    '/attachments/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['files'],
        summary: 'Download a file',
        params: IdParams,
        querystring: Nothing,
        produces: ['application/octet-stream', 'image/*'],
        response: { 200: FileBytes, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const file = await database.withCompany(company, (trx) => findAttachment(trx, id));
      if (!file || !(await blobs.has(file.hash))) {
        throw refused('not_found', `There is no file "${id}".`);
      }
      const type = SHOWABLE.test(file.contentType) ? file.contentType : 'application/octet-stream';
      return reply
        .header('content-disposition', disposition(file.filename))
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=86400, immutable')
        .header('content-length', file.bytes)
        .type(type)
        .send(blobs.stream(file.hash));
    },
  );
};

/** RFC 6266: a plain name for old programs and the true one in UTF-8 (RFC 8187). */
function disposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
