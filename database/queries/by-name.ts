import { selectAssembled } from '../assembled.ts';
import type { CompanyTransaction, Knex } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';

/** A list in the order of its names. */
export interface NamedList extends PageRequest {
  /** `select … from …`, without `where`. */
  from: string;
  /** The column that it is ordered by, and the id that tells the same names apart. */
  name: string;
  id: string;
  conditions?: readonly { sql: string; bindings: readonly Knex.RawBinding[] }[];
}

/** One page in alphabetical order, capital letters or not. */
export async function listByName<Row extends { id: string }>(
  trx: CompanyTransaction,
  { from, name, id, conditions = [], limit, cursor }: NamedList,
): Promise<Page<Row>> {
  const all = [...conditions];
  if (cursor !== null) {
    const key = readCursor(cursor, name);
    all.push({ sql: `(lower(${name}), ${id}) > (?, ?)`, bindings: [key.text(), key.text()] });
  }
  const where = all.length === 0 ? '' : `where ${all.map(({ sql }) => sql).join('\n and ')}`;
  const rows = await selectAssembled<Row & { key: string }>(
    trx,
    `select found.* from (
       ${from.replace(/^select /, `select lower(${name}) as key, `)} ${where}
     ) found order by key, found.id limit ?`,
    [...all.flatMap(({ bindings }) => bindings), limit + 1],
  );
  return pageOf(rows, limit, name, (row) => [row.key, row.id]);
}
