import { buffer } from 'node:stream/consumers';
import { rm } from 'node:fs/promises';

import { recallCredential } from '../../database/credential-hash.ts';
import {
  beginAccountMail,
  findAccountMail,
  finishAccountMail,
  handOverAccountMail,
  renewAccountMail,
} from '../../database/queries/account-mail.ts';
import type { AccountMail, AttemptOutcome } from '../../database/queries/account-mail.ts';
import { linkPurpose, linkUrl } from '../../domain/account-links.ts';
import { composeStream } from '../../mail/compose.ts';
import type { SmtpSender } from '../../mail/outbound/smtp-sender.ts';
import { renderAccountMail } from '../../mail/render/account.ts';
import { every } from '../../runtime/every.ts';
import type { MailboxSenders } from '../send/mailbox-senders.ts';
import type { PrepareDependencies } from '../send/prepare-dependencies.ts';
import { signerFor } from '../send/signing.ts';

export interface AccountMailDependencies extends PrepareDependencies {
  oldSecrets: readonly string[];
  /** The desk's own, for companies without a mailbox. */
  sender: SmtpSender;
  mailboxSenders: MailboxSenders;
}

/** An attempt whose worker has not renewed this for so long is given up. */
const LEASE_MS = 20_000;
const BEAT_MS = 4_000;

/** Whoever invites a colleague waits for the mail beside them. */
const LOOK_EVERY_MS = 2_000;

const MAILS_A_ROUND_MAX = 20;

/** A server that was away for a moment is asked soon again, one that is away for hours rarely. */
const AGAIN_AFTER_MS = [15_000, 60_000, 5 * 60_000, 15 * 60_000] as const;
const AGAIN_LATER_MS = 60 * 60_000;

export function startAccountMail(dependencies: AccountMailDependencies): { stop(): Promise<void> } {
  return every(
    LOOK_EVERY_MS,
    () => sendAccountMails(dependencies),
    (error) => dependencies.logger.error({ err: error }, 'mails to agents were not sent'),
  );
}

/**
 * Sends the mails that wait for agents outside of tickets: invitations and links for passwords. As
 * with the mail of tickets, the row is the truth about its sending: one whose content may have been
 * handed over is never sent again, and one that was not is tried until its link has ended.
 */
export async function sendAccountMails(dependencies: AccountMailDependencies): Promise<void> {
  const { database } = dependencies;
  for (const { company, mail } of await findAccountMail(database, MAILS_A_ROUND_MAX)) {
    const begun = await database.withCompany(company, (trx) =>
      beginAccountMail(trx, mail, LEASE_MS),
    );
    if (!begun) continue;
    const beat = setInterval(() => {
      // When the database is away, the attempt may be given up, and handing over will ask.
      database
        .withCompany(company, (trx) => renewAccountMail(trx, begun, LEASE_MS))
        .catch(() => undefined);
    }, BEAT_MS);
    try {
      await attempt(dependencies, company, begun);
    } finally {
      clearInterval(beat);
    }
  }
}

async function attempt(
  dependencies: AccountMailDependencies,
  company: string,
  mail: AccountMail,
): Promise<void> {
  const { database, logger } = dependencies;
  let result: { outcome: AttemptOutcome; response: string };
  try {
    result = await sendOnce(dependencies, company, mail);
  } catch (error) {
    // Nothing of it was handed over: sending itself never throws.
    logger.error({ err: error, company, mail: mail.id }, 'a mail to an agent was not made ready');
    result = { outcome: 'deferred', response: 'The mail could not be made ready for sending.' };
  }
  const againAfterMs = AGAIN_AFTER_MS[mail.attempt - 1] ?? AGAIN_LATER_MS;
  await database.withCompany(company, (trx) =>
    finishAccountMail(trx, mail, { ...result, againAfterMs }),
  );
}

async function sendOnce(
  dependencies: AccountMailDependencies,
  company: string,
  mail: AccountMail,
): Promise<{ outcome: AttemptOutcome; response: string }> {
  const { database, sender, mailboxSenders } = dependencies;
  if (Date.parse(mail.expiresAt) <= Date.now()) {
    return { outcome: 'failed', response: 'The link ended before the mail could leave.' };
  }
  const raw = await write(dependencies, company, mail);
  if (raw === null) {
    return { outcome: 'failed', response: 'The link was made with another POSTKEEP_SECRET.' };
  }
  const by = mail.mailbox === null ? sender : mailboxSenders.of(company, mail.mailbox);
  return by.sendOnce({
    // As with reminders, no machine shall answer it (RFC 3834, 3.3).
    envelope: { from: '', to: [mail.recipient] },
    raw,
    onHandingOver: async () => {
      const ours = await database.withCompany(company, (trx) =>
        handOverAccountMail(trx, mail, LEASE_MS),
      );
      if (!ours) throw new Error('the mail was given up before it was handed over');
    },
  });
}

/** The same bytes for every attempt; null when the link cannot be made again. */
async function write(
  dependencies: AccountMailDependencies,
  company: string,
  mail: AccountMail,
): Promise<Buffer | null> {
  const { secret, oldSecrets, publicUrl, blobs } = dependencies;
  const purpose = linkPurpose(company, mail.link);
  const credential = recallCredential([secret, ...oldSecrets], purpose, mail.hash);
  if (credential === null) return null;
  const { kind, agentName, companyName, language, madeBy, recipient, messageId } = mail;
  const url = linkUrl(publicUrl, kind, credential);
  const expiresAt = new Date(mail.expiresAt);
  const from = {
    name: mail.fromName ?? companyName,
    address: mail.fromAddress ?? `postkeep@${new URL(publicUrl).hostname}`,
  };
  const unsigned = composeStream({
    ...renderAccountMail({ kind, language, agentName, companyName, madeBy, url, expiresAt }),
    from,
    to: [recipient],
    messageId,
    date: new Date(mail.createdAt),
    automatic: 'auto-generated',
  });
  const signer = await signerFor(dependencies, company, from.address);
  if (signer === null) return buffer(unsigned);
  const folder = await blobs.scratchFolder();
  try {
    return await buffer(signer(unsigned, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
