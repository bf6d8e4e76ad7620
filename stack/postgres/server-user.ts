import { spawnSync } from 'node:child_process';
import { StartError } from '../../runtime/start-error.ts';

export interface ServerUser {
  uid: number;
  gid: number;
}

const NAME = 'postgres';

/**
 * Whom Postgres runs as. It refuses to run as root: then it is the `postgres` user, made when the
 * system has none (a bare container), or `nobody` where no user can be made. null: ourselves.
 * @throws when root finds none of them
 */
export function findServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const found = lookUp(NAME) ?? makeUser() ?? lookUp('nobody');
  if (found === null) {
    throw new StartError(
      'PostgreSQL does not run as root, and no other user could be found or made. ' +
        `Run "useradd --system ${NAME}" first, start Postkeep as another user, ` +
        'or point DATABASE_URL at a server.',
    );
  }
  return found;
}

/** Whether that user can do what the command does; for null (ourselves) whether we can. */
export function succeedsAs(user: ServerUser | null, command: string, args: string[]): boolean {
  const { status } = spawnSync(command, args, { ...(user ?? {}), stdio: 'ignore', cwd: '/' });
  return status === 0;
}

/** Whether that user can go through all parents into the folder. */
export function canEnter(user: ServerUser | null, folder: string): boolean {
  return succeedsAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]);
}

function makeUser(): ServerUser | null {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', NAME]);
  // Alpine's own tools, where useradd is not there.
  if (lookUp(NAME) === null) spawnSync('adduser', ['-S', '-D', '-H', NAME]);
  return lookUp(NAME);
}

function lookUp(name: string): ServerUser | null {
  const uid = numberOf('-u', name);
  const gid = numberOf('-g', name);
  return uid === null || gid === null || uid === 0 ? null : { uid, gid };
}

function numberOf(flag: '-u' | '-g', name: string): number | null {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 && /^\d+$/.test(stdout.trim()) ? Number(stdout.trim()) : null;
}
