import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** The label of this name, whatever the case; null when the company has none. */
export async function findLabelId(trx: CompanyTransaction, name: string): Promise<string | null> {
  const sql = 'select id from label where lower(name) = lower(?)';
  const rows = await select<{ id: string }>(trx, sql, [name]);
  return rows[0]?.id ?? null;
}

/** The label of this name, made with `id` when there is none. */
export async function ensureLabel(
  trx: CompanyTransaction,
  name: string,
  id: string,
): Promise<string> {
  await trx.raw('insert into label (company, id, name) values (?, ?, ?) on conflict do nothing', [
    trx.company,
    id,
    name,
  ]);
  const label = await findLabelId(trx, name);
  if (label === null) throw new Error(`the label "${name}" vanished while it was made`);
  return label;
}
