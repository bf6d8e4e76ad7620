import { createPrivateKey } from 'node:crypto';
import type { Readable } from 'node:stream';

import { readSigningKey } from '../../database/queries/dkim-keys.ts';
import { signMail } from '../../mail/outbound/dkim.ts';
import { dkimKeyPlace } from '../../mail/outbound/sealed-key.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';

/**
 * Signs for the domain of the mailbox, when it has a key in use. A key that does not open is no
 * reason to hold a mail back: it leaves unsigned, and the log says so.
 */
export async function signerFor(
  { database, sealer, logger }: PrepareDependencies,
  company: string,
  from: string,
): Promise<((unsigned: Readable, folder: string) => Readable) | null> {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  const key = await database.withCompany(company, (trx) => readSigningKey(trx, domain));
  if (!key) return null;
  try {
    const privateKey = sealer.open(key.sealed, dkimKeyPlace(company, key.id));
    createPrivateKey(privateKey);
    return (unsigned, folder) => signMail(unsigned, { ...key, privateKey }, folder);
  } catch (error) {
    logger.error({ err: error, company, domain }, 'a mail leaves without a signature');
    return null;
  }
}
