import { select } from '../client.ts';
import type { CompanyTransaction, Knex } from '../client.ts';
import { customerNow } from './customer-now.ts';
import { mailColumns } from '../columns.ts';
import { newId } from '../new-id.ts';
import type { MailRow } from '../rows.ts';

/** A mailbox that an address belongs to, in whichever company. */
export interface MailboxAddress {
  company: string;
  mailbox: string;
}

export async function findMailbox(lookups: Knex, address: string): Promise<MailboxAddress | null> {
  const sql = 'select company, mailbox from lookup_mailbox(?)';
  const rows = await select<MailboxAddress>(lookups, sql, [address]);
  return rows[0] ?? null;
}

/**
 * Serialises the mails that may belong together: those that share one of the keys wait for each
 * other, all others do not. The keys are sorted, so that two mails never wait crosswise.
 */
export async function lockKeys(trx: CompanyTransaction, keys: readonly bigint[]): Promise<void> {
  const sorted = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)).map(String);
  await select(trx, 'select pg_advisory_xact_lock(k) from unnest(?::bigint[]) k', [sorted]);
}

/** How long a copy without a Message-ID is taken for a repetition: servers retry within minutes. */
const COPY_WITHOUT_ID_MINUTES = 15;

/** An earlier copy of the same mail; null when this is the first. */
export async function findCopy(
  trx: CompanyTransaction,
  contentKey: string,
  messageId: string | null,
): Promise<{ id: string; ticket: number | null } | null> {
  const rows = await select<{ id: string; ticket: number | null }>(
    trx,
    `select id, ticket from mail where company = ? and content_key = ? and outcome <> 'duplicate'
       and (?::text is not null or received_at > now() - make_interval(mins => ?))
     order by received_at limit 1`,
    [trx.company, contentKey, messageId, COPY_WITHOUT_ID_MINUTES],
  );
  return rows[0] ?? null;
}

/** A mail that was fetched before, by what it is called where it comes from. */
export async function findFetched(
  trx: CompanyTransaction,
  mailbox: string,
  source: string,
): Promise<MailRow | null> {
  const rows = await select<MailRow>(
    trx,
    `select ${mailColumns} from mail where company = ? and mailbox = ? and source = ?`,
    [trx.company, mailbox, source],
  );
  return rows[0] ?? null;
}

export interface ThreadHit {
  ticket: number;
  customer: string | null;
}

/** The ticket that the newest of these Message-IDs belongs to, mails in and out alike. */
export async function findByMessageIds(
  trx: CompanyTransaction,
  messageIds: readonly string[],
): Promise<ThreadHit | null> {
  if (messageIds.length === 0) return null;
  const rows = await select<ThreadHit & { message_id: string }>(
    trx,
    `select m.message_id, m.ticket, ${customerNow('m')} as customer from mail m
     where company = ? and message_id = any(?) and ticket is not null and outcome <> 'parked'
     union all
     select m.message_id, m.ticket, ${customerNow('m')} as customer from message m
     where company = ? and message_id = any(?) and ticket is not null and direction = 'out'
       and kind <> 'reminder'`,
    [trx.company, [...messageIds], trx.company, [...messageIds]],
  );
  const byId = new Map(rows.map((row) => [row.message_id, row]));
  for (const messageId of messageIds.toReversed()) {
    const hit = byId.get(messageId);
    if (hit) return { ticket: hit.ticket, customer: hit.customer };
  }
  return null;
}

/** The ticket of a reminder to an agent that these Message-IDs name. */
export async function findByReminder(
  trx: CompanyTransaction,
  messageIds: readonly string[],
): Promise<ThreadHit | null> {
  if (messageIds.length === 0) return null;
  const rows = await select<ThreadHit>(
    trx,
    `select m.ticket, t.customer from message m
     join ticket t on t.company = m.company and t.number = m.ticket
     where m.company = ? and m.message_id = any(?) and m.kind = 'reminder' limit 1`,
    [trx.company, [...messageIds]],
  );
  return rows[0] ?? null;
}

/** The ticket whose mails already refer to this Message-ID: the reply came before the original. */
export async function findByReference(
  trx: CompanyTransaction,
  messageId: string,
): Promise<ThreadHit | null> {
  const rows = await select<ThreadHit>(
    trx,
    `select r.ticket, ${customerNow('m')} as customer from mail_reference r
     join mail m on m.company = r.company and m.ticket = r.ticket and m.new_ticket
     where r.company = ? and r.message_id = ? limit 1`,
    [trx.company, messageId],
  );
  return rows[0] ?? null;
}

/** A ticket by its number, with its customer; recorded or about to be. */
export async function findTicket(
  trx: CompanyTransaction,
  number: number,
): Promise<(ThreadHit & { closed: boolean }) | null> {
  const rows = await select<ThreadHit & { closed: boolean }>(
    trx,
    `select number as ticket, customer, closed from ticket where company = ? and number = ?
     union all
     select m.ticket, ${customerNow('m')}, false from mail m
     where company = ? and ticket = ? and new_ticket
     limit 1`,
    [trx.company, number, trx.company, number],
  );
  return rows[0] ?? null;
}

/** Who an address belongs to: a customer of the company, an active agent, both or nobody yet. */
export interface Author {
  customer: string | null;
  agent: string | null;
}

export async function findAuthor(trx: CompanyTransaction, address: string): Promise<Author> {
  if (address === '') return { customer: null, agent: null };
  const rows = await select<Author>(
    trx,
    `select (select customer from customer_address where company = ? and address = ?) as customer,
       (select id from agent where company = ? and lower(email) = ? and active) as agent`,
    [trx.company, address, trx.company, address],
  );
  return rows[0] ?? { customer: null, agent: null };
}

/** Whether an address is one of the company's own: a mailbox, or an agent. */
export async function isOurs(trx: CompanyTransaction, address: string): Promise<boolean> {
  const plain = address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
  const rows = await select<{ ours: boolean }>(
    trx,
    `select exists (select from mailbox where company = ? and lower(address) in (?, ?))
       or exists (select from mailbox_alias where company = ? and lower(address) in (?, ?))
       or exists (select from agent where company = ? and lower(email) = ?) as ours`,
    [
      ...[trx.company, address.toLowerCase(), plain],
      ...[trx.company, address.toLowerCase(), plain],
      ...[trx.company, address.toLowerCase()],
    ],
  );
  return rows[0]?.ours ?? false;
}

/** `writer`: wrote in the ticket; `addressed`: was written to or copied by somebody in it. */
export type Part = 'writer' | 'addressed' | 'none';

/**
 * What part an address has in a ticket. Mails that are stored count before they are parsed, or the
 * answer would depend on who is faster.
 */
export async function readPart(
  trx: CompanyTransaction,
  ticket: number,
  address: string,
): Promise<Part> {
  const rows = await select<{ wrote: boolean; addressed: boolean }>(
    trx,
    `select exists (select from mail where company = ? and ticket = ? and from_address = ?
           and outcome <> 'parked')
         or exists (select from message where company = ? and ticket = ? and direction = 'in'
           and lower(from_address) = ?) as wrote,
       exists (select from message where company = ? and ticket = ? and kind <> 'reminder'
           and exists (select from unnest(recipients || cc || bcc) a where lower(a) = ?))
         or exists (select from mail where company = ? and ticket = ?
           and ? = any(correspondents)) as addressed`,
    [
      ...[trx.company, ticket, address, trx.company, ticket, address],
      ...[trx.company, ticket, address, trx.company, ticket, address],
    ],
  );
  if (rows[0]?.wrote) return 'writer';
  return rows[0]?.addressed ? 'addressed' : 'none';
}

/** Whose a ticket is now; null when there is none, or it is nobody's. */
export async function customerOfTicket(
  trx: CompanyTransaction,
  ticket: number,
): Promise<string | null> {
  const rows = await select<{ customer: string | null }>(
    trx,
    'select customer from ticket where company = ? and number = ?',
    [trx.company, ticket],
  );
  return rows[0]?.customer ?? null;
}

/**
 * The customer behind an address, made when it is new. Somebody without an address is a person of
 * their own, or all the unsigned would be one.
 */
export async function customerByAddress(
  trx: CompanyTransaction,
  address: string,
  name: string,
): Promise<string> {
  const { company } = trx;
  const id = newId();
  const rows = await select<{ known: string | null; linked: boolean }>(
    trx,
    `with known as (
       select customer from customer_address where company = ? and address = ? and address <> ''
       for share),
     made as (
       insert into customer (company, id, name, email)
       select ?, ?, ?, ? where not exists (select from known) returning id),
     linked as (
       insert into customer_address (company, address, customer)
       select ?, ?, id from made where ? <> '' on conflict do nothing returning customer)
     select (select customer from known) as known, exists (select from linked) as linked`,
    [company, address, company, id, name, address, company, address, address],
  );
  const known = rows[0]?.known ?? null;
  if (known !== null) return known;
  if (rows[0]?.linked || address === '') return id;
  // Somebody else made the same new customer in this moment, and has committed by now.
  await trx('customer').where({ company, id }).delete();
  return customerByAddress(trx, address, name);
}

/** The team that a mailbox gives its new tickets to; null for none. */
export async function teamOfMailbox(
  trx: CompanyTransaction,
  mailbox: string,
): Promise<string | null> {
  const rows = await select<{ team: string | null }>(
    trx,
    'select team from mailbox where company = ? and id = ?',
    [trx.company, mailbox],
  );
  return rows[0]?.team ?? null;
}
