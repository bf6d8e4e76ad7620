import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import pg from 'pg';

import { withConnection } from './connections.ts';

interface Prepared {
  name: string;
  text: string;
}

/** Something that holds one connection for itself; asking for it throws once that is over. */
export interface OwnConnection {
  ownConnection(): pg.Client;
}

/** Every statement of ours is a constant of the code, so this stays as small as the code. */
const prepared = new Map<string, Prepared>();

/**
 * Rows of a statement with `?` for its values. The caller names their type, as SQL has no other
 * way to say it. The server prepares each statement once for a connection: parsing and planning
 * are most of what a small statement costs.
 */
export async function select<Row>(
  trx: Knex | OwnConnection,
  sql: string,
  values: readonly Knex.RawBinding[] = [],
): Promise<Row[]> {
  if (hasConnection(trx)) return run(trx.ownConnection(), sql, values);
  return withConnection(trx, (connection) => run(connection, sql, values));
}

async function run<Row>(
  connection: pg.Client,
  sql: string,
  values: readonly Knex.RawBinding[],
): Promise<Row[]> {
  const { rows } = await connection.query({ ...prepare(sql), values: [...values] });
  return isRowsOf<Row>(rows) ? rows : [];
}

/** The type is the statement's own; nothing at run time knows it better. */
function isRowsOf<Row>(rows: unknown): rows is Row[] {
  return Array.isArray(rows);
}

/**
 * What does not need each other's answers, begun together: the statements travel to the server at
 * once, which runs them in the order they were asked for. Settles when all have, so that nothing
 * outlives its transaction.
 * @throws the error that the others failed for the sake of
 */
export function together<const T extends readonly unknown[]>(
  parts: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
export async function together(parts: readonly unknown[]): Promise<unknown[]> {
  // Asked once: a statement of the query builder runs each time that it is awaited.
  const settled = await Promise.allSettled(parts);
  const errors = settled.flatMap((part) => (part.status === 'rejected' ? [part] : []));
  const cause = errors.find(({ reason }) => !failedForAnother(reason)) ?? errors[0];
  if (cause) throw cause.reason;
  return settled.map((part) => (part.status === 'fulfilled' ? part.value : undefined));
}

/**
 * SQLSTATEs of what comes behind a failure in its transaction, and of a statement whose preparing
 * did. A part of several statements may meet them before the part that failed in the order given.
 */
const BEHIND_A_FAILURE: readonly unknown[] = ['25P02', '26000'];

function failedForAnother(error: unknown): boolean {
  return error instanceof pg.DatabaseError && BEHIND_A_FAILURE.includes(error.code);
}

/** Inserts one row; `onConflict` is SQL, such as `on conflict do nothing`. */
export async function insert(
  trx: Knex | OwnConnection,
  table: string,
  row: object,
  onConflict = '',
): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  const sql = `insert into ${table} (${columns.join(', ')}) values (${places}) ${onConflict}`;
  await select(trx, sql, Object.values(row));
}

function hasConnection(trx: Knex | OwnConnection): trx is OwnConnection {
  return 'ownConnection' in trx;
}

function prepare(sql: string): Prepared {
  const known = prepared.get(sql);
  if (known) return known;
  let place = 0;
  const text = sql.replaceAll('?', () => {
    place += 1;
    return `$${place}`;
  });
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 24);
  const made = { name, text };
  prepared.set(sql, made);
  return made;
}
