import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';

import type { Database } from '../../../database/client.ts';
import { newId } from '../../../database/new-id.ts';
import {
  findAttachment,
  insertUpload,
  readKeptBytes,
} from '../../../database/queries/attachments.ts';
import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { refused } from '../../../domain/errors.ts';
import { sniffContentType } from '../../../mail/content-type.ts';
import { cleanFilename } from '../../../mail/filename.ts';
import { SNIFF_BYTES } from '../../../mail/limits.ts';
import { inFolder } from '../../../mail/mime/stored-part.ts';
import type { SpooledFile } from '../../../mail/mime/stored-part.ts';
import { limitsOf } from '../../company-limits.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { answeredBefore, once } from '../../plugins/idempotency.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { programKind } from './programs.ts';
import { refuseInfected } from './threats.ts';

const UploadAnswer = Type.Object({
  id: Type.String({ description: 'For `attachments` of a reply' }),
  filename: Type.String(),
  contentType: Type.String({ description: 'By the content of the file' }),
  size: Type.Integer({ description: 'bytes' }),
});

/** Takes one file in for a later mail. Its type is told by its content, not by its name. */
export const uploadFile: Route = (api, { database, blobs, config, intake }) => {
  api.post(
    '/uploads',
    {
      config: { auth: 'agent', once: 'itself' },
      schema: {
        tags: ['files'],
        summary: 'Upload one file (multipart/form-data, any field name)',
        consumes: ['multipart/form-data'],
        querystring: Nothing,
        response: {
          201: UploadAnswer,
          ...problems(
            ...signedInCodes,
            ...(['too_large', 'type_not_allowed', 'idempotency_mismatch', 'unavailable'] as const),
          ),
        },
      },
    },
    async (request, reply) => {
      const who = whoAsks(request);
      const { company, agent } = who;
      const own = await database.withCompany(company, readOwnLimits);
      const bytesMax = limitsOf(own, config).attachmentBytesMax;
      const folder = await blobs.scratchFolder();
      try {
        const { file, ...about } = await receiveFile(request, folder, bytesMax);
        const { hash, size: bytes } = file;
        const asked = { name: about.filename, hash };
        if (await answeredBefore(database, request, reply, who, asked)) return await reply;
        await refuseBeyond(database, company, { ...asked, bytes }, config.companyBytesMax);
        await refuseInfected(intake.scanner, about.filename, createReadStream(file.path));
        await blobs.adopt(file);
        const id = await database.withCompany(company, async (trx) => {
          const ids = await once(request).ids(trx, () => ({ upload: newId() }));
          const upload = ids.id('upload');
          if (ids.fresh) await insertUpload(trx, { id: upload, agent, ...about, bytes, hash });
          return upload;
        });
        const kept = await database.withCompany(company, (trx) => findAttachment(trx, id));
        if (!kept) throw new Error(`the upload ${id} vanished while it was made`);
        const { filename, contentType } = kept;
        return await reply.code(201).send({ id, filename, contentType, size: kept.bytes });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
};

/** @throws RefusedError `too_large` when the company would keep more than it may */
async function refuseBeyond(
  database: Database,
  company: string,
  { name, hash, bytes: given }: { name: string; hash: string; bytes: number },
  max: number,
): Promise<void> {
  if (max === Infinity) return;
  const kept = await database.withCompany(company, (trx) => readKeptBytes(trx, hash));
  if (kept + given <= max) return;
  throw refused(
    'too_large',
    `"${name}" has ${given} bytes; the company keeps ${kept} of the ${max} that it may.`,
    { given, kept, max },
  );
}

interface Received {
  filename: string;
  contentType: string;
  file: SpooledFile;
}

/** Writes the form's file into the folder as it comes; only its beginning is looked at. */
async function receiveFile(
  request: FastifyRequest,
  folder: string,
  bytesMax: number,
): Promise<Received> {
  const part = await request.file({ limits: { fileSize: bytesMax, files: 1, fields: 10 } });
  if (!part) throw refused('validation', 'The form has no file; add one.');
  const filename = cleanFilename(part.filename) || 'file';
  const stored = await inFolder(folder).keep(part.file);
  if (part.file.truncated) throw tooLarge(request, filename, bytesMax);
  const begin = await stored.read(0, SNIFF_BYTES);
  const program = programKind(begin);
  if (program !== null) {
    const problem = `"${filename}" is ${program}; programs are not sent by mail.`;
    throw refused('type_not_allowed', problem);
  }
  return { filename, contentType: await sniffContentType(begin, part.mimetype), file: stored.file };
}

/** How large it is was not read to its end; the whole form is a little larger than its file. */
function tooLarge({ headers }: FastifyRequest, filename: string, max: number) {
  const form = Number(headers['content-length'] ?? NaN);
  const given = Number.isNaN(form) ? '' : ` (the form has ${form} bytes)`;
  return refused(
    'too_large',
    `"${filename}" is larger than ${max} bytes${given}; send a smaller one.`,
    { max, ...(Number.isNaN(form) ? {} : { given: form }) },
  );
}
