import type { CompanyTransaction } from '../../database/client.ts';
import { readOwnLimits } from '../../database/queries/company-settings.ts';
import { attachUploads } from '../../database/queries/outgoing-mail.ts';
import { refused } from '../../domain/errors.ts';
import { uploadContentId } from '../../mail/inline-uploads.ts';

/**
 * Attaches an agent's uploads, and files of the ticket, to a message; those in `inline` as parts
 * that its HTML shows.
 * @throws RefusedError `not_found` for files of nobody or of others, `too_large`
 */
export async function attachFiles(
  trx: CompanyTransaction,
  agent: string,
  uploads: readonly string[],
  to: { message: string; ticket: number | null },
  { bytesMax, inline }: { bytesMax: number; inline: readonly string[] },
): Promise<void> {
  const wanted = [...new Set([...uploads, ...inline])];
  const files = wanted.map((id) => ({
    id,
    contentId: inline.includes(id) ? uploadContentId(id) : null,
  }));
  const attached = await attachUploads(trx, agent, files, to);
  const known = new Set(attached.map(({ id }) => id));
  const missing = wanted.find((id) => !known.has(id));
  if (missing !== undefined) {
    throw refused('not_found', `There is no file "${missing}" of yours; upload it again.`);
  }
  const bytes = attached.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes === 0) return;
  const { mailBytesMax } = await readOwnLimits(trx);
  const max = Math.min(mailBytesMax ?? Infinity, bytesMax);
  if (bytes > max) {
    throw refused('too_large', `The files have ${bytes} bytes; a mail takes ${max}.`, {
      given: bytes,
      max,
    });
  }
}
