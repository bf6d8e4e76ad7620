import { createHash } from 'node:crypto';

import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/**
 * How many automatic mails the address of a customer got from the company lately, whichever ticket
 * they belong to. Whoever counts for the same address waits until this transaction ends.
 */
export async function countAutomaticMail(
  trx: CompanyTransaction,
  customer: string,
  withinMs: number,
): Promise<number> {
  const { company } = trx;
  const [named] = await select<{ email: string }>(
    trx,
    'select lower(email) as email from customer where company = ? and id = ?',
    [company, customer],
  );
  if (!named || named.email === '') return 0;
  const key = createHash('sha256').update(`${company}\nautomatic mail to ${named.email}`).digest();
  const [, rows] = await together([
    select(trx, 'select pg_advisory_xact_lock(?)', [String(key.readBigInt64BE())]),
    select<{ count: number }>(
      trx,
      `select count(*)::int as count from message
       where company = ? and direction = 'out'
         and kind in ('acknowledgement', 'summary', 'assistant')
         and lower(recipients[1]) = ? and at > now() - make_interval(secs => ?)`,
      [company, named.email, withinMs / 1_000],
    ),
  ]);
  return rows[0]?.count ?? 0;
}
