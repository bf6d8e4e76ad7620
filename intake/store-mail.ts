import { together } from '../database/client.ts';
import type { CompanyTransaction, Database } from '../database/client.ts';
import { newId } from '../database/new-id.ts';
import {
  customerByAddress,
  findAuthor,
  findByReference,
  findByReminder,
  findCopy,
  findFetched,
  findTicket,
  lockKeys,
} from '../database/queries/intake.ts';
import type { Author, ThreadHit } from '../database/queries/intake.ts';
import { notifyMails } from '../database/queries/live.ts';
import { insertMail } from '../database/queries/mail-rows.ts';
import type { NewMail } from '../database/queries/mail-rows.ts';
import { allocateNumber } from '../database/queries/ticket-log.ts';
import type { MailRow, MailVia } from '../database/rows.ts';
import type { Automatic } from '../mail/automatic.ts';
import { contentKey } from '../mail/content-key.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { chooseTicket, referredIds, threadIds, threadLocks } from './choose-ticket.ts';
import { OWN_LEASE_MS } from './mails-in-hand.ts';
import { reasonToPark } from './reason-to-park.ts';

/** A mail as it came, its bytes already kept under `hash`. */
export interface ArrivedMail {
  via: MailVia;
  raw: Buffer;
  hash: string;
  headers: MailHeaders;
  receivedAt: Date;
  envelope: { from: string; to: string[] };
  remoteAddress: string | null;
  /** What the sending server called itself; null when it was not the sender's own. */
  helo: string | null;
  mailbox: string;
  /** The ticket number that a token address named; null for none. */
  token: number | null;
  /** What machine wrote it and how that shows; null for a person's. */
  automatic: Automatic | null;
  /** The address of ours that it was written to; null where nobody looked. */
  writtenTo: string | null;
  /** Set for a mail that was fetched: what it is called there. Of one name there is one mail. */
  source?: string;
  /** Set for a mail of an archive, with who of the two sides is not us. */
  importAs?: 'solved' | 'new';
  correspondent?: { address: string; name: string };
  /** Set for a form: what its writer had asked the assistant before. */
  exchange?: string;
  /** Set for a mail that only its beginning was fetched of: why, and how large it is. */
  cut?: { reason: string; bytes: number };
}

export interface StoredMail {
  row: MailRow;
  /** False when its outcome is known already: nothing is to be handed over. */
  isPending: boolean;
}

/**
 * Writes a mail into the ledger with the ticket it belongs to, in one transaction: after it the
 * mail can be acknowledged (durability.md, 7). A copy of a mail is kept as `duplicate`.
 */
export async function storeMail(
  database: Database,
  company: string,
  mail: ArrivedMail,
): Promise<StoredMail> {
  const key = contentKey(mail.raw, mail.headers, mail.envelope.from);
  return database.withCompany(company, async (trx) => {
    const { source = null } = mail;
    const { messageId } = mail.headers;
    const [, fetched, copy, author, early] = await together([
      lockKeys(trx, threadLocks(company, key, mail.headers)),
      source === null ? null : findFetched(trx, mail.mailbox, source),
      // What is fetched can be read again long after; what is sent is repeated within minutes.
      findCopy(trx, key, messageId ?? source),
      findAuthor(trx, correspondentOf(mail).address),
      messageId === null ? null : findByReference(trx, messageId),
    ]);
    if (fetched) return { row: fetched, isPending: false };
    if (copy) return insertCopy(trx, mail, key, copy);
    return insertFirst(trx, { mail, key, author, early });
  });
}

async function insertCopy(
  trx: CompanyTransaction,
  mail: ArrivedMail,
  key: string,
  copy: { id: string; ticket: number | null },
): Promise<StoredMail> {
  const row = await insertMail(trx, {
    ...columns(mail, key),
    ticket: copy.ticket,
    outcome: 'duplicate',
    reason: `the same mail as ${copy.id}`,
  });
  await notifyMails(trx);
  return { row, isPending: false };
}

/** A mail that is no copy, with what nearly every one is asked for. */
interface FirstMail {
  mail: ArrivedMail;
  key: string;
  author: Author;
  /** The ticket of an answer that came before it. */
  early: ThreadHit | null;
}

async function insertFirst(
  trx: CompanyTransaction,
  { mail, key, author: known, early }: FirstMail,
): Promise<StoredMail> {
  const { headers } = mail;
  const lease = new Date(Date.now() + OWN_LEASE_MS).toISOString();
  const row = { ...columns(mail, key), lease_until: lease };
  if (mail.cut) {
    const parked = {
      ...row,
      lease_until: null,
      outcome: 'parked',
      reason: mail.cut.reason,
    } as const;
    await notifyMails(trx);
    return { row: await insertMail(trx, parked), isPending: false };
  }
  if (mail.automatic?.kind === 'report') {
    // Its ticket is that of the mail which it tells of, known once it is parsed.
    const told = mail.token === null ? null : await findTicket(trx, mail.token);
    const ticket = told?.ticket ?? null;
    const customer = told?.customer ?? null;
    return { row: await insertMail(trx, { ...row, ticket, customer }), isPending: true };
  }
  const reminded = await findByReminder(trx, referredIds(headers));
  if (reminded) {
    const about = { ...reminded, ...answerToReminder };
    return { row: await insertMail(trx, { ...row, ...about }), isPending: true };
  }
  const reason = ['smtp', 'imap'].includes(mail.via) ? await reasonToPark(trx, mail) : null;
  if (reason !== null) {
    const parked = { ...columns(mail, key), outcome: 'parked', reason } as const;
    await notifyMails(trx);
    return { row: await insertMail(trx, parked), isPending: false };
  }
  const { token, importAs } = mail;
  const { address: from, name } = correspondentOf(mail);
  const who = { ...row, from_address: from, from_name: name };
  // What an agent once wrote has been sent: an archive sends nothing.
  const author = importAs === undefined ? known : { ...known, agent: null };
  const isBulk = mail.automatic === null || mail.automatic.kind === 'bulk';
  const isQuiet = importAs !== undefined || !isBulk;
  const choice = await chooseTicket(trx, { headers, from, author, token, early, isQuiet });
  const isNewTicket = choice.ticket === null;
  // An agent who writes into a customer's ticket becomes no customer by that.
  const isAgents = author.agent !== null && !isNewTicket && !isOwnTicket(choice, author);
  const [customer, ticket] = await together([
    isAgents ? choice.customer : (author.customer ?? newCustomer(trx, who, author)),
    // The counter's row is locked until the commit, so it is asked for as late as can be.
    choice.ticket ?? allocateNumber(trx),
  ]);
  const placed = {
    ...row,
    customer,
    ticket,
    new_ticket: isNewTicket,
    follow_up_of: choice.ticket === null ? choice.followUpOf : null,
    stranger: choice.ticket !== null && choice.isStranger,
    agent: isAgents || isNewTicket ? author.agent : null,
    reason: choice.reason,
  };
  return { row: await insertMail(trx, placed, threadIds(headers)), isPending: true };
}

/** Not where nobody knows yet whose ticket it is, since its first mail has not been read. */
function isOwnTicket(ticket: { customer: string | null }, { customer }: Author): boolean {
  return ticket.customer !== null && ticket.customer === customer;
}

/** An agent's mail may turn out to forward a customer's, so whose it is waits until it is read. */
async function newCustomer(
  trx: CompanyTransaction,
  { from_address: address, from_name: name }: NewMail,
  { agent }: Author,
): Promise<string | null> {
  return agent === null ? customerByAddress(trx, address, name) : null;
}

/** An agent's answer to our own reminder goes to nobody (durability.md, 15). */
const answerToReminder = {
  automatic: 'it answers a reminder of the desk',
  automatic_kind: 'answer',
  reason: 'it answers a reminder of the desk',
} as const;

function correspondentsIn({ to, cc }: MailHeaders): string[] {
  return [...new Set([...to, ...cc].map(({ address }) => address.toLowerCase()))];
}

/** Who the conversation is with: the sender, but for what an archive has of our own. */
function correspondentOf(mail: ArrivedMail): { address: string; name: string } {
  return mail.correspondent ?? senderOf(mail);
}

function senderOf({ headers, envelope }: ArrivedMail): { address: string; name: string } {
  const { address, name } = headers.from ?? { address: envelope.from, name: '' };
  return { address: address.toLowerCase(), name };
}

function columns(mail: ArrivedMail, key: string): NewMail {
  const { headers, envelope } = mail;
  const from = senderOf(mail);
  return {
    id: newId(),
    via: mail.via,
    received_at: mail.receivedAt.toISOString(),
    raw_hash: mail.hash,
    raw_bytes: mail.cut?.bytes ?? mail.raw.length,
    kept_bytes: mail.cut ? mail.raw.length : null,
    envelope_from: envelope.from,
    envelope_to: envelope.to,
    remote_address: mail.remoteAddress,
    helo: mail.helo,
    message_id: headers.messageId,
    content_key: key,
    from_name: from.name,
    from_address: from.address,
    subject: headers.subject,
    correspondents: correspondentsIn(headers),
    sent_at: headers.date,
    mailbox: mail.mailbox,
    customer: null,
    ticket: null,
    new_ticket: false,
    follow_up_of: null,
    automatic: mail.automatic?.reason ?? null,
    automatic_kind: mail.automatic?.kind ?? null,
    bounce_of: null,
    bounce_failed: false,
    authentication: null,
    stranger: false,
    agent: null,
    outcome: 'pending',
    reason: '',
    lease_until: null,
    written_to: mail.writtenTo,
    source: mail.source ?? null,
    import_as: mail.importAs ?? null,
    threat: null,
    exchange: mail.exchange ?? null,
  };
}
