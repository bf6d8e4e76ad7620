import { createHash } from 'node:crypto';

import type { CompanyTransaction } from '../database/client.ts';
import { findByMessageIds, findTicket, readPart } from '../database/queries/intake.ts';
import type { Author, ThreadHit } from '../database/queries/intake.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { subjectNumber } from '../mail/thread-keys.ts';

/** References looked at to find a thread; the newest name it best. */
const REFERENCES_MAX = 50;

/** Where a mail goes. `reason` is for the ledger, in words. */
export type Choice =
  | {
      ticket: number;
      customer: string | null;
      /** Its sender has not written there before, and is not whose ticket it is. */
      isStranger: boolean;
      reason: string;
    }
  | { ticket: null; followUpOf: number | null; reason: string };

/** What the choice looks at. `token` is the number that a ticket's own address named. */
export interface Arriving {
  headers: MailHeaders;
  from: string;
  author: Author;
  token: number | null;
  /** The ticket of mails that refer to this one. */
  early: ThreadHit | null;
  /** A machine's answer: it is added to its ticket though that is closed. */
  isQuiet: boolean;
}

/**
 * Chooses the ticket that a mail belongs to: token address, then Message-IDs it refers to, then
 * mails that refer to it (the reply came first), then the number in the subject.
 * The caller holds the locks of {@link threadLocks}.
 */
export async function chooseTicket(trx: CompanyTransaction, mail: Arriving): Promise<Choice> {
  const { headers, token, early } = mail;
  if (token !== null) {
    const known = await findTicket(trx, token);
    if (known) return openOrFollowUp(trx, mail, known, 'it came to the address of the ticket');
  }
  const referred = await findByMessageIds(trx, referredIds(headers));
  if (referred) return ifTheirs(trx, mail, referred, 'it answers a mail of the ticket');
  if (early) return ifTheirs(trx, mail, early, 'an answer to it had come before');
  const number = subjectNumber(headers.subject);
  const named = number === null ? null : await findTicket(trx, number);
  if (named && named.customer !== null && named.customer === mail.author.customer) {
    return openOrFollowUp(trx, mail, named, 'its subject names the ticket');
  }
  return { ticket: null, followUpOf: null, reason: 'it begins a conversation' };
}

/**
 * A reference is easily forged: only people of the thread are let in by it, and those that one of
 * them wrote to. Anybody else begins a ticket of their own, which the old one is named on.
 */
async function ifTheirs(
  trx: CompanyTransaction,
  mail: Arriving,
  hit: ThreadHit,
  reason: string,
): Promise<Choice> {
  const { author, from } = mail;
  const isTheirs = author.agent !== null || isCustomers(hit, author);
  if (isTheirs || (await readPart(trx, hit.ticket, from)) !== 'none') {
    return openOrFollowUp(trx, mail, hit, reason);
  }
  return {
    ticket: null,
    followUpOf: hit.ticket,
    reason: `it refers to ticket ${hit.ticket}, but its sender has no part in that`,
  };
}

function isCustomers(hit: ThreadHit, { customer }: Author): boolean {
  return hit.customer !== null && hit.customer === customer;
}

async function openOrFollowUp(
  trx: CompanyTransaction,
  { isQuiet, author, from }: Arriving,
  { ticket }: ThreadHit,
  reason: string,
): Promise<Choice> {
  const known = await findTicket(trx, ticket);
  if (known?.closed && !isQuiet) {
    return { ticket: null, followUpOf: ticket, reason: `it follows up ticket ${ticket}` };
  }
  const customer = known?.customer ?? null;
  const isKnown = author.agent !== null || (known !== null && isCustomers(known, author));
  const isStranger = !isKnown && (await readPart(trx, ticket, from)) !== 'writer';
  return { ticket, customer, isStranger, reason };
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
  const sender = headers.from === null ? [] : [senderKey(headers.from.address)];
  return [contentKey, ...sender, ...threadIds(headers)].map((key) => lockOf(company, key));
}

/** The lock that mails of a sender wait for each other by: held, nothing comes in from there. */
export function senderLock(company: string, address: string): bigint {
  return lockOf(company, senderKey(address));
}

function senderKey(address: string): string {
  return `from ${address.toLowerCase()}`;
}

function lockOf(company: string, key: string): bigint {
  return createHash('sha256').update(`${company}\n${key}`).digest().readBigInt64BE();
}
