import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/**
 * SQL for the customer that a row's `customer` is now. The log and the content keep the id that
 * they were written with, also when its customer was merged into another one.
 */
export const customerNow = (row: string) =>
  `coalesce((select k.merged_into from customer k
     where k.company = ${row}.company and k.id = ${row}.customer), ${row}.customer)`;

/**
 * The customer that an id stands for now; null when there is none. It stays so until the
 * transaction ends: whoever merges customers waits.
 */
export async function holdCustomer(trx: CompanyTransaction, id: string): Promise<string | null> {
  const rows = await select<{ id: string }>(
    trx,
    `select coalesce(merged_into, id) as id from customer
     where company = ? and id = ? for key share`,
    [trx.company, id],
  );
  return rows[0]?.id ?? null;
}
