import type { Knex } from 'knex';
import type pg from 'pg';

import { withConnection } from './connections.ts';
import { select, together } from './statements.ts';
import type { OwnConnection } from './statements.ts';

/** A transaction in which row-level security shows one company and nothing else. */
export interface CompanyTransaction extends OwnConnection {
  readonly company: string;
  readonly fn: Knex.FunctionHelper;
  /** The query builder of one table. */
  (table: string): Knex.QueryBuilder;
  raw<Result>(sql: string, values?: readonly Knex.RawBinding[]): Knex.Raw<Result>;
}

/**
 * Runs `work` in one transaction of a connection of the pool. Its beginning travels with the first
 * statements of the work and is not waited for: should it fail, so does every statement behind it,
 * and outside of a transaction no row of any company is seen or taken.
 */
export async function inTransaction<T>(
  knex: Knex,
  company: string,
  work: (trx: CompanyTransaction) => Promise<T>,
): Promise<T> {
  return withConnection(knex, async (connection) => {
    const { trx, end } = open(knex, company, connection);
    try {
      const begun = [
        select(trx, 'begin'),
        select(trx, `select set_config('app.company', ?, true)`, [company]),
      ];
      const [, done] = await together([together(begun), work(trx)]);
      await commit(connection);
      return done;
    } catch (error) {
      await rollBack(trx, connection);
      throw error;
    } finally {
      end();
    }
  });
}

/**
 * PostgreSQL answers the commit of a transaction in which a statement failed with ROLLBACK and no
 * error: then nothing was kept, though the work took the failure for no matter.
 */
async function commit(connection: pg.Client): Promise<void> {
  const { command } = await connection.query('commit');
  if (command === 'COMMIT') return;
  throw new Error(
    'nothing of the transaction was kept: a statement of it had failed, and its error was ' +
      'swallowed; let the error through, or put the statement behind a savepoint',
  );
}

/** No statement of this transaction takes longer from here on: then it fails. */
export async function limitStatements(trx: CompanyTransaction, limitMs: number): Promise<void> {
  await select(trx, `select set_config('statement_timeout', ?, true)`, [String(limitMs)]);
}

/** A statement that comes when all is over must not meet another company's transaction. */
function open(
  knex: Knex,
  company: string,
  connection: pg.Client,
): { trx: CompanyTransaction; end: () => void } {
  let isOver = false;
  const own = (): pg.Client => {
    if (isOver) throw new Error('the transaction is over; a statement of it was not waited for');
    return connection;
  };
  const table = (name: string): Knex.QueryBuilder => knex(name).connection(own());
  const trx: CompanyTransaction = Object.assign(table, {
    company,
    ownConnection: own,
    fn: knex.fn,
    raw: <Result>(sql: string, values: readonly Knex.RawBinding[] = []) =>
      knex.raw<Result>(sql, values).connection(own()),
  });
  const end = (): void => {
    isOver = true;
  };
  return { trx, end };
}

/** A connection that cannot even roll back is lost, and the pool lets go of it. */
async function rollBack(trx: CompanyTransaction, connection: pg.Client): Promise<void> {
  try {
    await select(trx, 'rollback');
  } catch {
    await connection.end().catch(() => undefined);
  }
}
