import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { CHANNEL } from '../listen.ts';
import { readTicketItems } from './ticket-item.ts';
import type { Named, TicketItem } from './ticket-item.ts';

export interface CustomerNote {
  id: string;
  at: string;
  by: Named | null;
  text: string;
  editedAt: string | null;
}

/** A customer that is part of another one. */
export interface MergedCustomer {
  id: string;
  /** What it was called; null when nobody noted it, as with who and when. */
  name: string | null;
  at: string | null;
  by: Named | null;
}

export interface CustomerDetails {
  id: string;
  name: string;
  email: string;
  /** Every address known, the main one too. */
  addresses: string[];
  createdAt: string;
  tickets: number;
  /** Newest first. */
  notes: CustomerNote[];
  /** Whom agents made part of this customer, the newest first. */
  merged: MergedCustomer[];
}

/** More notes than anybody reads; a page of the newest. */
const NOTES_SHOWN_MAX = 200;
/** Nobody writes under more names than these. */
const MERGED_SHOWN_MAX = 50;

/** Null when this company has no such customer. The id of a merged one is the other's too. */
export async function readCustomer(
  trx: CompanyTransaction,
  id: string,
): Promise<CustomerDetails | null> {
  const [row] = await select<Omit<CustomerDetails, 'notes' | 'merged'>>(
    trx,
    `select c.id, c.name, c.email, c.created_at as "createdAt",
       array(select a.address from customer_address a
         where a.company = c.company and a.customer = c.id order by a.address) as addresses,
       (select count(*) from ticket t
         where t.company = c.company and t.customer = c.id) as tickets
     from customer c
     where c.id = (select coalesce(k.merged_into, k.id) from customer k where k.id = ?)`,
    [id],
  );
  if (!row) return null;
  const [notes, merged] = await together([
    readCustomerNotes(trx, row.id),
    readMergedCustomers(trx, row.id),
  ]);
  return { ...row, notes, merged };
}

async function readMergedCustomers(trx: CompanyTransaction, id: string): Promise<MergedCustomer[]> {
  return select<MergedCustomer>(
    trx,
    `select c.id, c.merged_name as name, c.merged_at as at,
       case when a.id is null then null else
         json_build_object('id', a.id, 'name', a.name) end as by
     from customer c left join agent a on a.company = c.company and a.id = c.merged_by
     where c.merged_into = ? order by c.merged_at desc nulls last, c.id limit ?`,
    [id, MERGED_SHOWN_MAX],
  );
}

const note = `
select n.id, n.at, n.text, n.edited_at as "editedAt",
  case when a.id is null then null else
    json_build_object('id', a.id, 'name', a.name) end as by
from customer_note n left join agent a on a.company = n.company and a.id = n.agent`;

async function readCustomerNotes(trx: CompanyTransaction, id: string): Promise<CustomerNote[]> {
  const sql = `${note} where n.customer = ? order by n.at desc, n.id desc limit ?`;
  return select<CustomerNote>(trx, sql, [id, NOTES_SHOWN_MAX]);
}

export async function readCustomerNote(
  trx: CompanyTransaction,
  id: string,
): Promise<CustomerNote | null> {
  const [row] = await select<CustomerNote>(trx, `${note} where n.id = ?`, [id]);
  return row ?? null;
}

export async function insertCustomerNote(
  trx: CompanyTransaction,
  made: { id: string; customer: string; agent: string; text: string },
): Promise<void> {
  await trx('customer_note').insert({ company: trx.company, ...made });
}

/** Changes a customer's name or which of their addresses answers go to. */
export async function updateCustomer(
  trx: CompanyTransaction,
  id: string,
  changes: { name?: string; email?: string },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await trx('customer').where({ company: trx.company, id }).update(changes);
}

/** Changes the words of one's own note. @returns false when there is no such note of theirs */
export async function rewriteCustomerNote(
  trx: CompanyTransaction,
  note: { id: string; customer: string; agent: string; text: string },
): Promise<boolean> {
  const { text, ...which } = note;
  const changed = await trx('customer_note')
    .where({ company: trx.company, ...which })
    .update({ text, edited_at: trx.fn.now() });
  return changed > 0;
}

/** Deletes one's own note; who deletes it twice has deleted it. */
export async function deleteCustomerNote(
  trx: CompanyTransaction,
  note: { id: string; customer: string; agent: string },
): Promise<boolean> {
  return (
    (await trx('customer_note')
      .where({ company: trx.company, ...note })
      .delete()) > 0
  );
}

/** Nobody looks at more tickets of one customer at the same time. */
const TICKETS_TOLD_MAX = 50;

/** Tells whoever looks at this customer's newest tickets that something about them changed. */
export async function notifyCustomerChanged(trx: CompanyTransaction, id: string): Promise<void> {
  await trx.raw(
    `select pg_notify(?, json_build_object('company', t.company, 'ticket', t.number,
       'seq', t.seq)::text)
     from (select company, number, seq from ticket where customer = ?
       order by number desc limit ?) t`,
    [CHANNEL, id, TICKETS_TOLD_MAX],
  );
}

/** A customer's tickets, newest first. */
export async function listCustomerTickets(
  trx: CompanyTransaction,
  agent: string,
  customer: string,
  { limit, cursor }: PageRequest,
): Promise<Page<TicketItem>> {
  const before = cursor === null ? null : readCursor(cursor, 'customer').number();
  const rows = await select<{ number: number }>(
    trx,
    `select number from ticket where customer = ? and (?::int is null or number < ?::int)
     order by number desc limit ?`,
    [customer, before, before, limit + 1],
  );
  const page = pageOf(rows, limit, 'customer', (row) => [row.number]);
  const numbers = page.items.map((row) => row.number);
  return { items: await readTicketItems(trx, agent, numbers), nextCursor: page.nextCursor };
}
