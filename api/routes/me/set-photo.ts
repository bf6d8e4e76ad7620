import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';

import { readMe, updatePhoto } from '../../../database/queries/me.ts';
import { refused } from '../../../domain/errors.ts';
import { sniffContentType } from '../../../mail/content-type.ts';
import { SNIFF_BYTES } from '../../../mail/limits.ts';
import { inFolder } from '../../../mail/mime/stored-part.ts';
import {
  NoThumbnailError,
  ThumbnailMakerError,
  canHaveThumbnail,
  makeThumbnail,
} from '../../../mail/thumbnails/make-thumbnail.ts';
import type { Route } from '../../deps.ts';
import { meAnswer } from '../../me-answer.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { Me } from '../../schemas/me.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Cameras of phones make 3 to 8 MB. */
const PHOTO_BYTES_MAX = 15 * 1_048_576;

/** Only the small square that is made of it is kept. */
export const setPhoto: Route = (api, { database, blobs, config }) => {
  api.put(
    '/me/photo',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['session'],
        summary: 'Set one’s own picture (multipart/form-data, any field name)',
        consumes: ['multipart/form-data'],
        querystring: Nothing,
        response: {
          200: Me,
          ...problems(
            ...signedInCodes,
            ...(['too_large', 'type_not_allowed', 'unavailable'] as const),
          ),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const folder = await blobs.scratchFolder();
      try {
        const { hash, size: bytes } = await blobs.put(await squareOf(request, folder));
        const me = await database.withCompany(company, async (trx) => {
          await updatePhoto(trx, agent, { hash, bytes });
          return readMe(trx, agent);
        });
        return meAnswer(me, config);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
};

/** The small square picture. @throws RefusedError when it is none, or too large */
async function squareOf(request: FastifyRequest, folder: string): Promise<Buffer> {
  const part = await request.file({ limits: { fileSize: PHOTO_BYTES_MAX, files: 1, fields: 10 } });
  if (!part) throw refused('validation', 'The form has no file; add one.');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stored = await inFolder(folder).keep(part.file);
  if (part.file.truncated) {
    const problem = `The picture is larger than ${PHOTO_BYTES_MAX} bytes; send a smaller one.`;
    throw refused('too_large', problem, { max: PHOTO_BYTES_MAX });
  }
  const type = await sniffContentType(await stored.read(0, SNIFF_BYTES), part.mimetype);
  const kinds = 'give a PNG, JPEG, GIF, WebP or AVIF';
  if (!canHaveThumbnail(type)) {
    throw refused('type_not_allowed', `The file is ${type}, and no picture; ${kinds}.`);
  }
  const to = join(folder, 'square.webp');
  try {
    await makeThumbnail(stored.file.path, to, { shape: 'square' });
  } catch (error) {
    if (error instanceof ThumbnailMakerError)
      throw refused('unavailable', `Try again: ${error.message}.`);
    if (!(error instanceof NoThumbnailError)) throw error;
    throw refused('type_not_allowed', `The picture cannot be read (${error.message}); ${kinds}.`);
  }
  return readFile(to);
}
