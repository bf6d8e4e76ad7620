import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { lockKeys } from './intake.ts';

/** The key that mails of an address wait for each other by. */
export type AddressKey = (address: string) => bigint;

/** Keeps a customer from being changed or merged by others; null when there is none. */
async function lockCustomer(trx: CompanyTransaction, id: string): Promise<string | null> {
  const rows = await select<{ id: string; into: string | null }>(
    trx,
    `select id, merged_into as into from customer where company = ? and id = ? for update`,
    [trx.company, id],
  );
  const row = rows[0];
  if (!row) return null;
  return row.into === null ? row.id : lockCustomer(trx, row.into);
}

/** Who has an address, and whether anything else is known about them. */
export interface Holder {
  id: string;
  name: string;
  /** Known by this address alone: no ticket, no note, no mail that waits to make a ticket. */
  isBare: boolean;
}

export async function holderOf(trx: CompanyTransaction, address: string): Promise<Holder | null> {
  const rows = await select<Holder>(
    trx,
    `select c.id, coalesce(nullif(c.name, ''), c.email) as name,
       not exists (select from ticket t where t.company = c.company and t.customer = c.id)
       and not exists (select from customer_note n
         where n.company = c.company and n.customer = c.id)
       and not exists (select from customer_address o
         where o.company = c.company and o.customer = c.id and o.address <> a.address)
       and not exists (select from mail m where m.company = c.company and m.customer = c.id
         and m.outcome = 'pending' and m.new_ticket) as "isBare"
     from customer_address a join customer c on c.company = a.company and c.id = a.customer
     where a.company = ? and a.address = ?`,
    [trx.company, address],
  );
  return rows[0] ?? null;
}

/**
 * Makes an address a customer's own. Mail that comes from it in this moment is taken before or
 * after, never in between.
 * @returns who has it instead; null when it is theirs now
 */
export async function addAddress(
  trx: CompanyTransaction,
  customer: string,
  address: string,
  keyOf: AddressKey,
): Promise<Holder | null> {
  const now = (await lockCustomer(trx, customer)) ?? customer;
  await lockKeys(trx, [keyOf(address)]);
  const holder = await holderOf(trx, address);
  if (holder) return holder.id === now ? null : holder;
  await trx('customer_address').insert({ company: trx.company, address, customer: now });
  return null;
}

/** @returns false when answers go to it: then it stays */
export async function removeAddress(
  trx: CompanyTransaction,
  customer: string,
  address: string,
  keyOf: AddressKey,
): Promise<boolean> {
  const { company } = trx;
  const now = (await lockCustomer(trx, customer)) ?? customer;
  await lockKeys(trx, [keyOf(address)]);
  const row: { email: string } | undefined = await trx('customer')
    .where({ company, id: now })
    .first('email');
  if (row?.email.toLowerCase() === address) return false;
  await trx('customer_address').where({ company, customer: now, address }).delete();
  return true;
}

/**
 * Makes two customers one: tickets, addresses and notes of `gone` are those of `kept`. What was
 * written under the id of `gone` keeps it; `merged_into` says whose it is now.
 *
 * Tickets are locked before customers, as a rebuild does, and addresses last, as nothing that
 * holds one waits for the others.
 *
 * @returns false when somebody else was quicker, and has made one of them another's
 */
export async function mergeCustomers(
  trx: CompanyTransaction,
  { kept, gone, by }: { kept: string; gone: string; by: string },
  keyOf: AddressKey,
): Promise<boolean> {
  const { company } = trx;
  const both = [kept, gone];
  await select(
    trx,
    `select number from ticket where company = ? and customer = any(?) order by number for update`,
    [company, both],
  );
  const people = await select<{ id: string; into: string | null }>(
    trx,
    `select id, merged_into as into from customer
     where company = ? and (id = any(?) or merged_into = any(?)) order by id for update`,
    [company, both, both],
  );
  if (people.some(({ id, into }) => into !== null && both.includes(id))) return false;
  const addresses = await select<{ address: string }>(
    trx,
    'select address from customer_address where company = ? and customer = any(?)',
    [company, both],
  );
  await lockKeys(
    trx,
    addresses.map(({ address }) => keyOf(address)),
  );
  await moveAll(trx, kept, gone);
  await handIn(trx, { kept, gone, by });
  return true;
}

async function moveAll(trx: CompanyTransaction, kept: string, gone: string): Promise<void> {
  const { company } = trx;
  for (const table of ['customer_address', 'customer_note']) {
    await trx(table).where({ company, customer: gone }).update({ customer: kept });
  }
  await select(
    trx,
    `update ticket set customer = ?, folded = jsonb_set(folded, '{customer}', to_jsonb(?::text))
     where company = ? and customer = ?`,
    [kept, kept, company, gone],
  );
  await select(
    trx,
    `update customer k set name = coalesce(nullif(k.name, ''), g.name),
       email = coalesce(nullif(k.email, ''), g.email),
       created_at = least(k.created_at, g.created_at)
     from customer g where k.company = ? and k.id = ? and g.company = k.company and g.id = ?`,
    [company, kept, gone],
  );
}

/** The row stays for its id, with who did it; the person is the other one now. */
async function handIn(
  trx: CompanyTransaction,
  { kept, gone, by }: { kept: string; gone: string; by: string },
): Promise<void> {
  const { company } = trx;
  await select(trx, 'update customer set merged_into = ? where company = ? and merged_into = ?', [
    kept,
    company,
    gone,
  ]);
  await select(
    trx,
    `update customer set merged_into = ?, merged_by = ?, merged_at = now(),
       merged_name = coalesce(nullif(name, ''), email), name = '', email = ''
     where company = ? and id = ?`,
    [kept, by, company, gone],
  );
}
