import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter, type ServerUser } from './server-user.ts';
import { StartError } from '../../runtime/start-error.ts';

/** Where root may keep what another user has to reach, best first. */
const PLACES = ['/var/lib/postkeep', '/var/tmp/postkeep', join(tmpdir(), 'postkeep')];

const ENTERED_BY_ALL = 0o755;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * A folder that belongs to root and that the server's user can enter: for programs and data when
 * the checkout or the data folder lies where only root can go (a mode-700 parent, /root).
 * @throws when none can be made
 */
export function openPlace(user: ServerUser): string {
  const place = PLACES.find((folder) => isOurs(folder) && canEnter(user, folder));
  if (place !== undefined) return place;
  throw new StartError(
    `PostgreSQL needs a folder that its user (uid ${user.uid}) can enter, and none of ` +
      `${PLACES.join(', ')} could be made so. Put the checkout and POSTKEEP_DATA where other ` +
      'users can go, or point DATABASE_URL at a server.',
  );
}

/** Others may write to /var/tmp: a folder that someone else has put there is not used. */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: ENTERED_BY_ALL });
    const { uid, mode } = statSync(folder);
    if (uid !== process.getuid?.() || (mode & WRITABLE_BY_OTHERS) !== 0) return false;
    chmodSync(folder, ENTERED_BY_ALL);
    return true;
  } catch {
    return false;
  }
}
