import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** One changing call under the key that its caller chose. */
export interface OnceKey {
  company: string;
  agent: string;
  key: string;
  route: string;
  bodyHash: string;
}

export interface KeptCall {
  route: string;
  bodyHash: string;
  ids: Record<string, string>;
  status: number | null;
  /** The body as it was sent. */
  answer: string | null;
}

// Kept as a JSON text within JSON: an object would come back with its fields in another order.
const columns = `route, body_hash as "bodyHash", ids, status, answer #>> '{}' as answer`;

export async function findOnce(trx: CompanyTransaction, key: OnceKey): Promise<KeptCall | null> {
  const sql = `select ${columns} from idempotency where agent = ? and key = ?`;
  const rows = await select<KeptCall>(trx, sql, [key.agent, key.key]);
  return rows[0] ?? null;
}

/** Keeps the ids of a first try; a later or simultaneous one gets those of the first. */
export async function rememberIds(
  trx: CompanyTransaction,
  key: OnceKey,
  ids: Readonly<Record<string, string>>,
): Promise<KeptCall & { fresh: boolean }> {
  const inserted = await select<KeptCall>(
    trx,
    `insert into idempotency (company, agent, key, route, body_hash, ids)
     values (?, ?, ?, ?, ?, ?) on conflict do nothing returning ${columns}`,
    [key.company, key.agent, key.key, key.route, key.bodyHash, JSON.stringify(ids)],
  );
  if (inserted[0]) return { ...inserted[0], fresh: true };
  const kept = await findOnce(trx, key);
  if (!kept) throw new Error('an idempotency key vanished while it was used');
  return { ...kept, fresh: false };
}

/** Keeps what a call was answered with, to answer its repetition alike. */
export async function keepAnswer(
  trx: CompanyTransaction,
  key: OnceKey,
  { status, answer }: { status: number; answer: string | null },
): Promise<void> {
  await trx.raw(
    `insert into idempotency (company, agent, key, route, body_hash, status, answer)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (company, agent, key) do update
       set status = excluded.status, answer = excluded.answer
       where idempotency.body_hash = excluded.body_hash and idempotency.route = excluded.route`,
    [key.company, key.agent, key.key, key.route, key.bodyHash, status, JSON.stringify(answer)],
  );
}

/** Forgets calls that nobody repeats any more. */
export async function forgetOldCalls(trx: CompanyTransaction, days: number): Promise<void> {
  await trx.raw(`delete from idempotency where created_at < now() - make_interval(days => ?)`, [
    days,
  ]);
}
