import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStackConfig } from '../runtime/config.ts';
import { testLog } from '../runtime/logger.ts';
import { ROLE, startPostgres, withClient } from './postgres/server.ts';
import { choosePorts } from './supervisor/ports.ts';
import { findTemporalProgram } from './temporal/find-program.ts';
import { startTemporal } from './temporal/server.ts';

export { createTestDatabase, dropTestDatabase } from './test-database.ts';
export { type Product, type ProductOptions, startProduct } from './test-product.ts';

export interface TestStack {
  /** The role `postkeep` (no superuser; may make databases and roles), on an empty database. */
  databaseUrl: string;
  superuserUrl: string;
  temporal: { address: string; uiUrl: string | null };
  /** Process ids, for tests that kill. */
  pids: { postgres: number; temporal: number };
  stop: () => Promise<void>;
}

export interface TestStackOptions {
  /** Keeps everything here, Temporal's database too; default: a folder that goes at the end. */
  folder?: string;
}

const HOST = '127.0.0.1';
const ENTERED_BY_ALL = 0o755;

/**
 * Throw-away PostgreSQL and Temporal on free ports, for tests and benches. Without `folder` nothing
 * is durable and nothing stays, even when this process is killed (the guards clean up).
 */
export async function startTestStack(options: TestStackOptions = {}): Promise<TestStack> {
  const kept = options.folder ?? null;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'postkeep-test-'));
  // mkdtemp makes it for us alone; the server's user has to come through.
  chmodSync(folder, ENTERED_BY_ALL);
  const ports = await choosePorts(HOST, { postgres: 0, temporal: 0, temporalUi: 0 });
  const program = findTemporalProgram({
    config: readStackConfig(),
    log: testLog,
    signal: new AbortController().signal,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  const [postgres, temporal] = await Promise.all([
    startPostgres({
      home: join(folder, 'postgres'),
      host: HOST,
      port: ports.postgres,
      password: randomBytes(12).toString('hex'),
      durable: kept !== null,
      logFile: join(folder, 'logs', 'postgres.log'),
      log: testLog,
      removeAfter: kept === null ? folder : null,
    }),
    program.then((path) =>
      startTemporal({
        program: path,
        host: HOST,
        port: ports.temporal,
        uiPort: kept === null ? null : ports.temporalUi,
        namespace: 'default',
        databaseFile: kept === null ? null : join(folder, 'temporal.db'),
        logFile: join(folder, 'logs', 'temporal.log'),
        // The guard of Postgres removes the folder; this one keeps nothing in it but a log.
        removeAfter: null,
      }),
    ),
  ]);
  // Autovacuum may be at work in a database that a test drops, and is ended by this right only.
  await withClient(postgres.superuserUrl, (client) =>
    client.query(`GRANT pg_signal_backend TO ${ROLE}`),
  );
  return {
    databaseUrl: postgres.databaseUrl,
    superuserUrl: postgres.superuserUrl,
    temporal: { address: temporal.address, uiUrl: temporal.uiUrl },
    pids: { postgres: postgres.pid, temporal: temporal.pid },
    stop: async () => {
      await Promise.all([postgres.stop(), temporal.stop()]);
      if (kept === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}
