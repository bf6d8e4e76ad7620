import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { openPlace } from './open-place.ts';
import { findPostmaster } from './postmaster.ts';
import { canEnter, type ServerUser } from './server-user.ts';
import { StartError } from '../../runtime/start-error.ts';

const OWNER_ONLY = 0o700;
const ENTERED_BY_ALL = 0o755;
/** In a data home elsewhere: the path of the link that leads to it. */
const ORIGIN = 'origin';

/**
 * The folder that holds the cluster: `<data>/postgres`. Where the server's user cannot enter that,
 * the folder lies in an open place and `<data>/postgres` is a link to it. Whoever deletes the data
 * folder deletes the link only, so homes without their link are swept here.
 */
export function prepareHome(path: string, user: ServerUser | null): string {
  mkdirSync(dirname(path), { recursive: true });
  const target = linkTarget(path);
  if (user === null) {
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
    return target ?? path;
  }
  if (target === null) {
    if (existsSync(path) || canEnter(user, dirname(path))) {
      mkdirSync(path, { recursive: true });
      giveTo(path, user);
      if (canEnter(user, path)) return path;
    }
    if (existsSync(join(path, 'cluster'))) {
      throw new StartError(`PostgreSQL's user (uid ${user.uid}) cannot enter ${path} any more.`);
    }
    rmSync(path, { recursive: true, force: true });
  }
  const home = target ?? linkToOpenPlace(path, user);
  mkdirSync(home, { recursive: true });
  giveTo(home, user);
  writeFileSync(join(home, ORIGIN), path);
  return home;
}

function giveTo(folder: string, user: ServerUser): void {
  chownSync(folder, user.uid, user.gid);
  chmodSync(folder, OWNER_ONLY);
}

/** The link comes first: a home without one is swept. */
function linkToOpenPlace(path: string, user: ServerUser): string {
  const folder = join(openPlace(user), 'data');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, ENTERED_BY_ALL);
  sweepHomes(folder);
  const home = join(folder, randomBytes(8).toString('hex'));
  symlinkSync(home, path);
  return home;
}

function sweepHomes(folder: string): void {
  for (const name of readdirSync(folder)) {
    const home = join(folder, name);
    const origin = readText(join(home, ORIGIN));
    const lost = origin !== null && linkTarget(origin) !== home;
    if (lost && findPostmaster(join(home, 'cluster')) === null) {
      rmSync(home, { recursive: true, force: true });
    }
  }
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
