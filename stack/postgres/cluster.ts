import { spawnSync } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programs } from './programs.ts';
import type { ServerUser } from './server-user.ts';
import { StartError } from '../../runtime/start-error.ts';

export const SUPERUSER = 'postgres';

/** Postgres' own Unicode rules give the same order and the same words on every machine. */
const LOCALE = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];
/**
 * pg_trgm asks the C library what a letter is, so that "Ö" is none in plain C. What its UTF-8
 * locale is called differs between systems; the last resort is to search ASCII letters only.
 */
const LETTERS = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'C'];

/** initdb allows loopback only; which interfaces are listened on is decided by HOST. */
const ANY_ADDRESS = 'host all all all scram-sha-256\n';

export interface ClusterOptions {
  programs: Programs;
  user: ServerUser | null;
  home: string;
  /** Of the superuser. */
  password: string;
  /** false: no fsync, for throw-away clusters. */
  durable: boolean;
}

/**
 * The folder of the cluster in its home, made on first use. A cluster is whole or not there: what
 * a killed initdb has left is thrown away.
 * @throws with initdb's own words when it fails
 */
export function ensureCluster(options: ClusterOptions): string {
  const { programs, user, home, password, durable } = options;
  const cluster = join(home, 'cluster');
  if (existsSync(cluster)) return cluster;
  const draft = join(home, 'cluster.new');
  const passwordFile = join(home, 'password.new');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== null) chownSync(passwordFile, user.uid, user.gid);
  const args = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--no-instructions',
    ...LOCALE,
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    let words: string | null = null;
    for (const letters of LETTERS) {
      words = runInitdb(programs.initdb, [...args, `--lc-ctype=${letters}`], user);
      if (!words?.includes('invalid locale name')) break;
    }
    if (words !== null) {
      throw new StartError(`PostgreSQL could not make its data folder ${draft}: ${words}`);
    }
    appendFileSync(join(draft, 'pg_hba.conf'), ANY_ADDRESS);
    renameSync(draft, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  return cluster;
}

/** null when it succeeded, else its words. */
function runInitdb(program: string, args: string[], user: ServerUser | null): string | null {
  const made = spawnSync(program, args, { ...(user ?? {}), cwd: '/', encoding: 'utf8' });
  if (made.status === 0) return null;
  return (made.error?.message ?? (made.stderr || made.stdout)).trim();
}
