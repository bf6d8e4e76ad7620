import { rm } from 'node:fs/promises';

import { readRawMail } from '../../../database/queries/ledger.ts';
import { refused } from '../../../domain/errors.ts';
import { cut } from '../../../mail/clean-text.ts';
import { parseStored } from '../../../mail/parsing/parse-stored.ts';
import { ParserStoppedError } from '../../../mail/parsing/parse-task.ts';
import type { Route, RouteDeps } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams } from '../../schemas/basics.ts';
import { MailPreview } from '../../schemas/mail.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Anyway, refuseThreat } from '../files/threats.ts';

/** Enough to know what a mail is about: ten pages. */
const TEXT_CHARS_MAX = 20_000;

/** What a mail says, before somebody decides what becomes of it. Nothing of it is kept. */
export const previewMailRoute: Route = (api, deps) => {
  api.get(
    '/mails/:id/preview',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mails'],
        summary: 'The text of a mail and the names of its files, parked or not',
        params: IdParams,
        querystring: Anyway,
        response: {
          200: MailPreview,
          ...problems(...signedInCodes, 'not_found', 'not_allowed'),
        },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const raw = await deps.database.withCompany(company, (trx) => readRawMail(trx, id));
      const mail = found(raw, 'mail', id);
      // Which part of it has the threat is not known here, and its text is a part too.
      refuseThreat('The mail', mail.threat, request.query.anyway);
      return preview(deps, mail);
    },
  );
};

async function preview({ blobs }: RouteDeps, { hash, size }: { hash: string; size: number }) {
  if (!(await blobs.has(hash))) {
    throw refused('not_found', 'Its file is gone; restore the blobs folder from a backup.');
  }
  const folder = await blobs.scratchFolder();
  try {
    const path = await blobs.fileOf(hash, folder);
    const { text, attachments, problem } = await parseStored({ path, folder, bytes: size });
    const files = attachments.map(({ filename, contentType }) => ({ filename, contentType }));
    return { text: cut(text, TEXT_CHARS_MAX), files, problem };
  } catch (error) {
    if (!(error instanceof ParserStoppedError)) throw error;
    return { text: '', files: [], problem: error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
