import { createReadStream } from 'node:fs';

import { parkMail } from '../database/queries/ledger-outcome.ts';
import type { MailRow } from '../database/rows.ts';
import type { Attachment } from '../mail/mime/attachments.ts';
import type { SpooledFile } from '../mail/mime/stored-part.ts';
import { ScanFailedError, ScanTooLargeError, type Scanner } from '../mail/scanning/clamd.ts';
import type { IntakeDependencies } from './dependencies.ts';

/** What a scanner that is well does with every file; after so many tries it is the mail's fault. */
const SCAN_TRIES_MAX = 5;

/** What is kept of a file that no scanner has passed, in place of the name of what it holds. */
export const NOT_SCANNED = 'not scanned for viruses';

/** What to beware of, and where: in the mail, or in one of its files. */
export interface Threat {
  name: string;
  /** Why the mail is parked. */
  reason: string;
}

/**
 * Asks the scanner about a file of a mail; null when there is nothing to fear, or no scanner.
 * @throws ScannerAwayError while it is away, and ScanFailedError for the first tries of a mail
 *   that it gives no answer about: the mail waits
 */
export async function threatIn(
  scanner: Scanner | null | undefined,
  path: string,
  { attempts }: Pick<MailRow, 'attempts'>,
  where: string,
): Promise<Threat | null> {
  if (!scanner) return null;
  try {
    const name = await scanner.scan(createReadStream(path));
    return name === null ? null : { name, reason: `a virus: ${name} ${where}` };
  } catch (error) {
    const isLastTry = error instanceof ScanFailedError && attempts >= SCAN_TRIES_MAX;
    if (!isLastTry && !(error instanceof ScanTooLargeError)) throw error;
    return { name: NOT_SCANNED, reason: `it could not be scanned for viruses: ${error.message}` };
  }
}

/** Threats of a mail's files by their hash, each content looked at once. */
export async function threatsOf(
  scanner: Scanner | null | undefined,
  files: readonly Attachment<SpooledFile>[],
  mail: MailRow,
): Promise<Map<string, Threat>> {
  const threats = new Map<string, Threat>();
  const seen = new Set<string>();
  for (const { filename, content } of files) {
    if (seen.has(content.hash)) continue;
    seen.add(content.hash);
    const threat = await threatIn(scanner, content.path, mail, `in "${filename}"`);
    if (threat) threats.set(content.hash, threat);
  }
  return threats;
}

/** Sets a mail aside that nobody shall open without knowing. */
export async function parkThreat(
  { database }: IntakeDependencies,
  mail: MailRow,
  { name, reason }: Threat,
): Promise<null> {
  await database.withCompany(mail.company, (trx) =>
    parkMail(trx, mail.id, reason, mail.authentication, name),
  );
  return null;
}
