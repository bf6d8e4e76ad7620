import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** A small picture of a content, or why there is none. */
export interface Thumbnail {
  hash: string | null;
  bytes: number | null;
  problem: string | null;
}

export async function findThumbnail(
  trx: CompanyTransaction,
  source: string,
): Promise<Thumbnail | null> {
  const sql = 'select hash, bytes, problem from thumbnail where company = ? and source = ?';
  const [row] = await select<Thumbnail>(trx, sql, [trx.company, source]);
  return row ?? null;
}

/** Two who made it at once made the same. */
export async function keepThumbnail(
  trx: CompanyTransaction,
  source: string,
  { hash, bytes, problem }: Thumbnail,
): Promise<void> {
  await select(
    trx,
    `insert into thumbnail (company, source, hash, bytes, problem) values (?, ?, ?, ?, ?)
     on conflict do nothing`,
    [trx.company, source, hash, bytes, problem],
  );
}
