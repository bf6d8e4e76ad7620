import { createHash } from 'node:crypto';

import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/**
 * How many automatic mails a customer got from the company lately, at any address of theirs and
 * whichever ticket they belong to. Whoever counts for the same customer waits until this
 * transaction ends.
 */
export async function countAutomaticMail(
  trx: CompanyTransaction,
  customer: string,
  withinMs: number,
): Promise<number> {
  const { company } = trx;
  const [named] = await select<{ id: string; addresses: string[] }>(
    trx,
    `select k.id, array(
         select lower(k.email) where k.email <> ''
         union select a.address from customer_address a
         where a.company = k.company and a.customer = k.id) as addresses
     from customer c
     join customer k on k.company = c.company and k.id = coalesce(c.merged_into, c.id)
     where c.company = ? and c.id = ?`,
    [company, customer],
  );
  if (!named || named.addresses.length === 0) return 0;
  const key = createHash('sha256').update(`${company}\nautomatic mail to ${named.id}`).digest();
  const [, rows] = await together([
    select(trx, 'select pg_advisory_xact_lock(?)', [String(key.readBigInt64BE())]),
    select<{ count: number }>(
      trx,
      `select count(*)::int as count from message
       where company = ? and direction = 'out'
         and kind in ('acknowledgement', 'summary', 'assistant')
         and lower(recipients[1]) = any(?) and at > now() - make_interval(secs => ?)`,
      [company, named.addresses, withinMs / 1_000],
    ),
  ]);
  return rows[0]?.count ?? 0;
}

/** How many links to its page a ticket's customer was mailed lately. */
export async function countLinks(
  trx: CompanyTransaction,
  ticket: number,
  withinMs: number,
): Promise<number> {
  const rows = await select<{ count: number }>(
    trx,
    `select count(*)::int as count from message
     where company = ? and ticket = ? and kind = 'link' and at > now() - make_interval(secs => ?)`,
    [trx.company, ticket, withinMs / 1_000],
  );
  return rows[0]?.count ?? 0;
}
