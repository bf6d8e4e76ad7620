import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';

import { findAttachment } from '../../../database/queries/attachments.ts';
import { findThumbnail, keepThumbnail } from '../../../database/queries/thumbnails.ts';
import type { Thumbnail } from '../../../database/queries/thumbnails.ts';
import { refused } from '../../../domain/errors.ts';
import type { BlobStore } from '../../../mail/blob-store.ts';
import { BlobMissingError } from '../../../mail/blob-store.ts';
import {
  NoThumbnailError,
  ThumbnailMakerError,
  canHaveThumbnail,
  makeThumbnail,
} from '../../../mail/thumbnails/make-thumbnail.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { serveFile } from './serve-file.ts';
import { refuseThreat } from './threats.ts';

/** A small picture of a picture: made when it is first asked for, and kept. */
export const showThumbnail: Route = (api, { database, blobs }) => {
  api.get(
    '/attachments/:id/thumbnail',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['files'],
        summary: 'A small picture (WebP) of a file that is a picture',
        params: IdParams,
        querystring: Nothing,
        produces: ['image/webp'],
        response: {
          200: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
          206: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }),
          ...problems(
            ...signedInCodes,
            ...(['not_found', 'not_allowed', 'type_not_allowed', 'unavailable'] as const),
          ),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const file = await database.withCompany(company, (trx) => findAttachment(trx, id));
      if (!file) throw refused('not_found', `There is no file "${id}".`);
      const { filename, contentType, hash: source, threat } = file;
      refuseThreat(`"${filename}"`, threat, false);
      if (!canHaveThumbnail(contentType)) {
        throw refused('type_not_allowed', `"${filename}" is ${contentType}, and no picture.`);
      }
      const known = await database.withCompany(company, (trx) => findThumbnail(trx, source));
      const small = known ?? (await make(blobs, source));
      if (!known) await database.withCompany(company, (trx) => keepThumbnail(trx, source, small));
      const { hash, bytes, problem } = small;
      if (hash === null || bytes === null) {
        throw refused('type_not_allowed', `"${filename}" is not made small: ${problem}.`);
      }
      return serveFile(request, reply, blobs, {
        filename: `${filename}.webp`,
        contentType: 'image/webp',
        bytes,
        hash,
      });
    },
  );
};

async function make(blobs: BlobStore, source: string): Promise<Thumbnail> {
  const folder = await blobs.scratchFolder();
  try {
    const from = await blobs.fileOf(source, folder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const to = join(folder, 'small.webp');
    await makeThumbnail(from, to);
    const { hash, size } = await blobs.put(await readFile(to));
    return { hash, bytes: size, problem: null };
  } catch (error) {
    if (error instanceof BlobMissingError) throw refused('not_found', error.message);
    if (error instanceof ThumbnailMakerError)
      throw refused('unavailable', `Try again: ${error.message}.`);
    if (!(error instanceof NoThumbnailError)) throw error;
    return { hash: null, bytes: null, problem: error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
