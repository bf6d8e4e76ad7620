import { select } from '../client.ts';
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
}

/** More notes than anybody reads; a page of the newest. */
const NOTES_SHOWN_MAX = 200;

/** Null when this company has no such customer. */
export async function readCustomer(
  trx: CompanyTransaction,
  id: string,
): Promise<CustomerDetails | null> {
  const [row] = await select<Omit<CustomerDetails, 'notes'>>(
    trx,
    `select c.id, c.name, c.email, c.created_at as "createdAt",
       array(select a.address from customer_address a
         where a.company = c.company and a.customer = c.id order by a.address) as addresses,
       (select count(*) from ticket t
         where t.company = c.company and t.customer = c.id) as tickets
     from customer c where c.id = ?`,
    [id],
  );
  return row ? { ...row, notes: await readCustomerNotes(trx, id) } : null;
}

const note = `
select n.id, n.at, n.text,
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

/**
 * Changes a customer's name or main address. The address before stays known, so that mail from it
 * is still this customer's.
 * @returns false when there is no such customer
 */
export async function updateCustomer(
  trx: CompanyTransaction,
  id: string,
  changes: { name?: string; email?: string },
): Promise<boolean> {
  const { company } = trx;
  const { name, email } = changes;
  const found: { id: string } | undefined = await trx('customer')
    .where({ company, id })
    .forUpdate()
    .first('id');
  if (!found) return false;
  if (name !== undefined) await trx('customer').where({ company, id }).update({ name });
  if (email !== undefined) {
    await trx('customer').where({ company, id }).update({ email });
    await trx('customer_address')
      .insert({ company, address: email, customer: id })
      .onConflict(['company', 'address'])
      .ignore();
  }
  return true;
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

/** Whose address this is; null when nobody's. */
export async function customerWithAddress(
  trx: CompanyTransaction,
  address: string,
): Promise<string | null> {
  const row: { customer: string } | undefined = await trx('customer_address')
    .where({ company: trx.company, address })
    .first('customer');
  return row?.customer ?? null;
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
