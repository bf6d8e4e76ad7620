import type { Knex } from 'knex';

import type { CompanyTransaction } from './transaction.ts';

/**
 * Rows of a statement that is put together for one request, as lists with filters are: there are
 * too many of them for each to stay prepared on every connection, as those of `select` do.
 */
export async function selectAssembled<Row>(
  trx: Pick<CompanyTransaction, 'raw'>,
  sql: string,
  values: readonly Knex.RawBinding[],
): Promise<Row[]> {
  const result: { rows: Row[] } = await trx.raw(sql, values);
  return result.rows;
}
