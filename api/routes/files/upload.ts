import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';

import { newId } from '../../../database/new-id.ts';
import { findAttachment, insertUpload } from '../../../database/queries/attachments.ts';
import { refused } from '../../../domain/errors.ts';
import { sniffContentType } from '../../../mail/content-type.ts';
import { cleanFilename } from '../../../mail/filename.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { answeredBefore, once } from '../../plugins/idempotency.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { programKind } from './programs.ts';

const UploadAnswer = Type.Object({
  id: Type.String({ description: 'For `attachments` of a reply' }),
  filename: Type.String(),
  contentType: Type.String({ description: 'By the content of the file' }),
  size: Type.Integer({ description: 'bytes' }),
});

/** Takes one file in for a later mail. Its type is told by its content, not by its name. */
export const uploadFile: Route = (api, { database, blobs, config }) => {
  const bytesMax = config.attachmentBytesMax;
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
          ...problems(...signedInCodes, 'too_large', 'type_not_allowed', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const who = whoAsks(request);
      const { company, agent } = who;
      const { name, declared, content } = await readFile(request, bytesMax);
      const program = programKind(content);
      if (program !== null) {
        throw refused(
          'type_not_allowed',
          `"${name}" is ${program}; programs are not sent by mail.`,
        );
      }
      const contentType = await sniffContentType(content, declared);
      const { hash, size } = await blobs.put(content);
      if (await answeredBefore(database, request, reply, who, { name, hash })) return reply;
      const id = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ upload: newId() }));
        const upload = ids.id('upload');
        if (ids.fresh) {
          const file = { filename: name, contentType, bytes: size, hash };
          await insertUpload(trx, { id: upload, agent, ...file });
        }
        return upload;
      });
      const file = await database.withCompany(company, (trx) => findAttachment(trx, id));
      if (!file) throw new Error(`the upload ${id} vanished while it was made`);
      const { filename, bytes } = file;
      return reply.code(201).send({ id, filename, contentType: file.contentType, size: bytes });
    },
  );
};

async function readFile(request: FastifyRequest, bytesMax: number) {
  const part = await request.file({ limits: { fileSize: bytesMax, files: 1, fields: 10 } });
  if (!part) throw refused('validation', 'The form has no file; add one.');
  const content = await part.toBuffer().catch((error: unknown) => {
    if (!part.file.truncated) throw error;
    throw refused('too_large', `The file is larger than ${bytesMax} bytes; send a smaller one.`, {
      max: bytesMax,
    });
  });
  const name = cleanFilename(part.filename);
  return { name: name === '' ? 'file' : name, declared: part.mimetype, content };
}
