import type { Database } from '../database/client.ts';
import { readTrustedServer } from '../database/queries/trusted-servers.ts';
import type { MailRow } from '../database/rows.ts';
import { unchecked } from '../domain/authentication.ts';
import type { Authentication } from '../domain/authentication.ts';
import { cameDirectly, checkSender, readBeginning } from '../mail/authentication/check-sender.ts';
import type { MailToCheck } from '../mail/authentication/check-sender.ts';
import type { Resolve } from '../mail/authentication/look-ups.ts';
import { readProviderResults } from '../mail/authentication/provider-results.ts';
import { readHeaders } from '../mail/headers.ts';
import type { MailHeaders } from '../mail/headers.ts';

interface AuthenticateDependencies {
  database: Database;
  resolve: Resolve | null;
}

/**
 * Who sent a mail, as far as that can be known: by checking what came straight from its sender's
 * server, by the word of a server that is trusted for what came another way. Null for what has no
 * sending server, and when senders are not checked. Takes 2 s at most (contract.md, Mail).
 */
export async function authenticate(
  dependencies: AuthenticateDependencies,
  mail: MailRow,
  open: MailToCheck['open'],
): Promise<Authentication | null> {
  if (mail.authentication !== null) return mail.authentication;
  if (mail.via === 'form' || mail.via === 'import') return null;
  const { resolve } = dependencies;
  const toCheck: MailToCheck = {
    open,
    fromAddress: mail.from_address,
    envelopeFrom: mail.envelope_from,
    remoteAddress: mail.remote_address,
    helo: mail.helo,
  };
  if (mail.via === 'smtp' && cameDirectly(toCheck)) {
    return resolve === null ? null : checkSender(toCheck, resolve);
  }
  const headers = readHeaders(await readBeginning(toCheck.open()));
  const told = await toldByProvider(dependencies, mail, headers);
  if (told.checkedBy !== unchecked.checkedBy || mail.via !== 'smtp') return told;
  // A relay of ours brought it: only a signature can still tell, and none means nothing.
  if (resolve === null || !headers.raw.has('dkim-signature')) return told;
  return checkSender(toCheck, resolve);
}

async function toldByProvider(
  { database }: AuthenticateDependencies,
  mail: MailRow,
  headers: MailHeaders,
): Promise<Authentication> {
  const trusted = headers.raw.has('authentication-results')
    ? await database.withCompany(mail.company, (trx) => readTrustedServer(trx, mail.mailbox))
    : { authservId: null, host: null };
  // Only what was fetched from the provider was seen by it.
  const host = mail.via === 'imap' ? trusted.host : null;
  return readProviderResults(headers, mail.from_address, { ...trusted, host });
}
