import { createHash } from 'node:crypto';

import type { CompanyTransaction } from '../database/client.ts';
import {
  findByMessageIds,
  findByReference,
  findTicket,
  hasTakenPart,
} from '../database/queries/intake.ts';
import type { ThreadHit } from '../database/queries/intake.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { subjectNumber } from '../mail/thread-keys.ts';

/** References looked at to find a thread; the newest name it best. */
const REFERENCES_MAX = 50;

/** Where a mail goes. `reason` is for the ledger, in words. */
export type Choice =
  { ticket: number; reason: string } | { ticket: null; followUpOf: number | null; reason: string };

/** What the choice looks at. `token` is the number that a ticket's own address named. */
export interface Arriving {
  headers: MailHeaders;
  from: string;
  customer: string;
  token: number | null;
  /** A machine's answer: it is added to its ticket though that is closed. */
  isQuiet: boolean;
}

/**
 * Chooses the ticket that a mail belongs to: token address, then Message-IDs it refers to, then
 * mails that refer to it (the reply came first), then the number in the subject.
 * The caller holds the locks of {@link threadLocks}.
 */
export async function chooseTicket(trx: CompanyTransaction, mail: Arriving): Promise<Choice> {
  const { headers, token } = mail;
  if (token !== null) {
    const known = await findTicket(trx, token);
    if (known)
      return openOrFollowUp(trx, mail, known.ticket, 'it came to the address of the ticket');
  }
  const referred = await findByMessageIds(trx, referredIds(headers));
  if (referred) return ifTheirs(trx, mail, referred, 'it answers a mail of the ticket');
  const early = headers.messageId === null ? null : await findByReference(trx, headers.messageId);
  if (early) return ifTheirs(trx, mail, early, 'an answer to it had come before');
  const number = subjectNumber(headers.subject);
  const named = number === null ? null : await findTicket(trx, number);
  if (named && named.customer === mail.customer) {
    return openOrFollowUp(trx, mail, named.ticket, 'its subject names the ticket');
  }
  return { ticket: null, followUpOf: null, reason: 'it begins a conversation' };
}

/** A reference is easily forged: only people of the thread are let in by it. */
async function ifTheirs(
  trx: CompanyTransaction,
  mail: Arriving,
  hit: ThreadHit,
  reason: string,
): Promise<Choice> {
  const { customer, from } = mail;
  const isTheirs = hit.customer === customer || (await hasTakenPart(trx, hit.ticket, from));
  if (isTheirs) return openOrFollowUp(trx, mail, hit.ticket, reason);
  return {
    ticket: null,
    followUpOf: null,
    reason: `it refers to ticket ${hit.ticket}, but its sender has no part in that`,
  };
}

async function openOrFollowUp(
  trx: CompanyTransaction,
  { isQuiet }: Arriving,
  ticket: number,
  reason: string,
): Promise<Choice> {
  const known = await findTicket(trx, ticket);
  if (!known?.closed || isQuiet) return { ticket, reason };
  return { ticket: null, followUpOf: ticket, reason: `it follows up ticket ${ticket}` };
}

/** The Message-IDs that a mail names as what it answers, the newest last. */
export function referredIds(headers: MailHeaders): string[] {
  const { references, inReplyTo } = headers;
  const ids = inReplyTo === null ? references : [...references, inReplyTo];
  return [...new Set(ids)].slice(-REFERENCES_MAX);
}

/** Every Message-ID that a mail stands in connection with, itself included. */
export function threadIds(headers: MailHeaders): string[] {
  const own = headers.messageId === null ? [] : [headers.messageId];
  return [...new Set([...own, ...referredIds(headers)])];
}

/** Keys whose locks make "is there already …" and "then make it" one step for related mails. */
export function threadLocks(company: string, contentKey: string, headers: MailHeaders): bigint[] {
  const sender = headers.from === null ? [] : [`from ${headers.from.address}`];
  return [contentKey, ...sender, ...threadIds(headers)].map((key) =>
    createHash('sha256').update(`${company}\n${key}`).digest().readBigInt64BE(),
  );
}
