import { readAutomatic } from '../mail/automatic.ts';
import { looksLikeReport } from '../mail/bounce.ts';
import type { Automatic, ReturnPath } from '../mail/automatic.ts';
import { readHeaders } from '../mail/headers.ts';
import type { MailHeaders } from '../mail/headers.ts';
import type { MailArrival } from '../mail/inbound/smtp-receiver.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOverSoon } from './hand-over.ts';
import { findRecipient } from './recipients.ts';
import type { FindRecipient, Recipient } from './recipients.ts';
import { storeMail } from './store-mail.ts';
import type { StoredMail } from './store-mail.ts';

/**
 * Takes a mail that came by SMTP or LMTP. When this resolves it is stored, and may be
 * acknowledged; what follows (parsing, handing over) goes on by itself and survives a crash.
 * One mail to several mailboxes of a company is one mail; each company gets its own.
 * @throws when it could not be stored: answer with a temporary refusal
 */
export async function takeMail(
  dependencies: IntakeDependencies,
  arrival: MailArrival,
  find: FindRecipient = (address) =>
    findRecipient(dependencies.database, dependencies.secret, address),
): Promise<StoredMail[]> {
  const { raw, envelope, receivedAt } = arrival;
  const [{ hash }, recipients] = await Promise.all([
    dependencies.blobs.put(raw),
    recipientsByCompany(find, envelope.to),
  ]);
  const headers = readHeaders(raw);
  const mails: StoredMail[] = [];
  for (const { company, mailbox, token, address } of recipients) {
    const stored = await storeMail(dependencies.database, company, {
      via: 'smtp',
      raw,
      hash,
      headers,
      receivedAt,
      envelope: { from: envelope.from, to: envelope.to },
      remoteAddress: envelope.remoteAddress,
      helo: envelope.heloName,
      mailbox,
      token,
      writtenTo: address,
      automatic: automaticOf(headers, envelope),
    });
    if (stored.isPending) handOverSoon(dependencies, company, stored.row);
    mails.push(stored);
  }
  return mails;
}

/** What machine wrote a mail; null for a person's. */
export function automaticOf(headers: MailHeaders, envelope: ReturnPath): Automatic | null {
  if (looksLikeReport(headers, envelope)) return { kind: 'report', reason: 'a delivery report' };
  return readAutomatic(headers, envelope);
}

/** One recipient for each company: the one that names a ticket, else the first. */
async function recipientsByCompany(
  find: FindRecipient,
  addresses: readonly string[],
): Promise<Recipient[]> {
  const found: { [company: string]: Recipient } = {};
  for (const address of addresses) {
    const recipient = await find(address);
    if (!recipient) continue;
    const known = found[recipient.company];
    if (!known || (known.token === null && recipient.token !== null)) {
      found[recipient.company] = recipient;
    }
  }
  return Object.values(found);
}
