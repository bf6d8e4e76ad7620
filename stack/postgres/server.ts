import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { reachableHost } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';
import { type GuardedProgram, startGuarded } from '../guard/guarded-program.ts';
import { openLogFile, tailOf } from '../supervisor/log-file.ts';
import { ensureCluster, SUPERUSER } from './cluster.ts';
import { prepareHome } from './home.ts';
import { clearStalePid } from './postmaster.ts';
import { findPrograms } from './programs.ts';
import { findServerUser } from './server-user.ts';
import { StartError } from '../../runtime/start-error.ts';

export interface PostgresOptions {
  /** Where the cluster's home is or is linked from: `<data>/postgres`. */
  home: string;
  host: string;
  port: number;
  password: string;
  /** false: everything may be lost with the machine; for tests and benches. */
  durable: boolean;
  /** Takes what the server prints. */
  logFile: string;
  log: Logger;
  /** A throw-away folder that the guard removes at the end; null: none. */
  removeAfter: string | null;
}

export interface PostgresServer extends GuardedProgram {
  /** The role `postkeep`, which owns its databases and may make roles, but is no superuser. */
  databaseUrl: string;
  superuserUrl: string;
}

const DATABASE = 'postkeep';
export const ROLE = 'postkeep';
const LOOPBACK = '127.0.0.1';

/** API, worker, mail-in and their pools, with room for tests beside them. */
const CONNECTIONS_MAX = 200;
/** Recovery after a crash replays at most some checkpoints' worth of log. */
const READY_MS_MAX = 120_000;
const POLL_MS = 40;
/** What a killed predecessor has left (its sessions, its port) goes within this time. */
const REMAINS_MS_MAX = 10_000;
/** Fast shutdown writes a checkpoint first. */
const STOP_MS_MAX = 10_000;

const THROW_AWAY = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
} as const;

/**
 * Starts the embedded PostgreSQL under its guard, on a new or an existing cluster; resolves when it
 * answers and has the role and database of Postkeep. A cluster whose server was killed recovers.
 * @throws with the server's own last words when it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = findServerUser();
  const programs = await findPrograms(user);
  const home = prepareHome(options.home, user);
  const cluster = ensureCluster({ ...options, programs, user, home });
  const urlOf = (role: string, database: string) =>
    postgresUrl(options, `${role}:${options.password}`, database);
  const superuserUrl = urlOf(SUPERUSER, 'postgres');
  const deadlineMs = Date.now() + REMAINS_MS_MAX;
  for (;;) {
    clearStalePid(cluster);
    const service = await startGuarded(
      {
        program: programs.postgres,
        args: ['-D', cluster, '-p', String(options.port), ...settings(options)],
        env: { LC_ALL: 'C', TZ: 'UTC' },
        user,
        stopSignal: 'SIGINT',
        stopMsMax: STOP_MS_MAX,
        removeAfter: options.removeAfter,
      },
      openLogFile(options.logFile),
    );
    const trouble = await waitUntilAnswering(service, superuserUrl);
    if (trouble === null) {
      await prepareDatabase(superuserUrl, options.password);
      return { ...service, databaseUrl: urlOf(ROLE, DATABASE), superuserUrl };
    }
    await service.stop();
    const words = tailOf(options.logFile);
    if (Date.now() > deadlineMs || !isRemains(words)) {
      throw new StartError(`PostgreSQL did not start: ${trouble}. Its last words:\n${words}`);
    }
    options.log.debug({ trouble }, 'waiting for what is left of an earlier PostgreSQL');
    await sleep(500);
  }
}

/** Its address; by IPv4 always, since the driver cannot read an IPv6 host in an address. */
export function postgresUrl(
  { host, port }: { host: string; port: number },
  credentials: string,
  database = DATABASE,
): string {
  const reach = host.includes(':') ? LOOPBACK : reachableHost(host);
  return `postgres://${credentials}@${reach}:${port}/${database}`;
}

function settings({ host, durable }: PostgresOptions): string[] {
  const values = {
    listen_addresses: host.includes(':') ? `${host},${LOOPBACK}` : host,
    // No socket file: its folder may be anyone's, and its path too long.
    unix_socket_directories: '',
    max_connections: String(CONNECTIONS_MAX),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Short queries by the thousand: compiling them costs more than it saves.
    jit: 'off',
    ...(durable ? {} : THROW_AWAY),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** null when it answers, else why it does not. */
async function waitUntilAnswering(service: GuardedProgram, url: string): Promise<string | null> {
  let ended: string | null = null;
  void service.exited.then((how) => {
    ended = how;
  });
  const deadlineMs = Date.now() + READY_MS_MAX;
  while (ended === null && Date.now() < deadlineMs) {
    try {
      await withClient(url, (client) => client.query('SELECT 1'));
      return null;
    } catch (error) {
      // 28P01: the cluster is older than the password file; waiting does not help.
      if (error instanceof pg.DatabaseError && error.code === '28P01') return error.message;
    }
    await sleep(POLL_MS);
  }
  return ended ?? `no answer within ${READY_MS_MAX / 1_000} s`;
}

function isRemains(words: string): boolean {
  return /lock file|shared memory block|Address already in use/.test(words);
}

async function prepareDatabase(superuserUrl: string, password: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
    if (role.rowCount === 0) {
      await client.query(
        `CREATE ROLE ${ROLE} LOGIN CREATEDB CREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
      );
    }
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
  });
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that ends takes its connections with it; the query that waits gets the error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
