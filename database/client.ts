import knexPackage from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';

import { inTransaction } from './transaction.ts';
import type { CompanyTransaction } from './transaction.ts';

export type { Knex } from 'knex';
export type { CompanyTransaction } from './transaction.ts';
export { insert, select, together } from './statements.ts';
export { limitStatements } from './transaction.ts';

export interface Database {
  /** Runs `work` in one transaction that sees only this company's rows. */
  withCompany<T>(company: string, work: (trx: CompanyTransaction) => Promise<T>): Promise<T>;
  /** For the look-ups that come before a company is known; they give ids only. */
  lookups: Knex;
  close(): Promise<void>;
}

const TIMESTAMPTZ = 1184;
const INT8 = 20;

// One way to write a time everywhere: ISO 8601 in UTC with milliseconds, as the API shows it.
pg.types.setTypeParser(TIMESTAMPTZ, (text) => new Date(text).toISOString());
// Our counters stay far below 2^53.
pg.types.setTypeParser(INT8, Number);

/** A connection that cannot be had within this is an outage, and is said as one. */
const CONNECT_TIMEOUT_MS = 5_000;

/** No statement of ours takes long; one that does holds locks that others wait for. */
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * A process that froze in a transaction holds locks, the counter of its company's tickets among
 * them. None of ours waits for anything but the database in between.
 */
const IDLE_TRANSACTION_MS = 30_000;

/** Knex prints on standard output what it throws at its caller too. */
const quiet: Knex.Logger = { warn: () => undefined, deprecate: () => undefined };

/**
 * Opens a pool. Every connection steps down to `postkeep_app`, for whom row-level security is
 * forced, and the pool refuses connections where that did not happen.
 */
export function createDatabase(databaseUrl: string, options: { poolMax: number }): Database {
  const connection: Knex.PgConnectionConfig & Pick<pg.ClientConfig, 'pipeline'> = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    application_name: 'postkeep',
    // Statements that are asked for together travel together, in their order.
    pipeline: true,
  };
  const knex = knexPackage.default({
    client: 'pg',
    connection,
    acquireConnectionTimeout: CONNECT_TIMEOUT_MS,
    pool: { min: 0, max: options.poolMax, afterCreate: stepDown },
    // An error's message travels into logs and Temporal's history: no values in it.
    compileSqlOnError: false,
    log: quiet,
  });
  return {
    lookups: knex,
    withCompany: (company, work) => inTransaction(knex, company, work),
    close: () => knex.destroy(),
  };
}

type Done = (error: Error | null, connection: pg.Client) => void;

function stepDown(connection: pg.Client, done: Done): void {
  connection
    .query('set role postkeep_app')
    .then(() => connection.query<{ role: string }>('select current_user as role'))
    .then(({ rows }) => {
      const role = rows[0]?.role;
      if (role === 'postkeep_app') return done(null, connection);
      return done(new Error(`connected as "${role}" and not as "postkeep_app"`), connection);
    })
    .catch((error: unknown) => done(asError(error), connection));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
