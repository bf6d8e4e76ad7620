import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

// Whoever writes a file is done within minutes, so one this old belongs to a process that died.
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;

/** The name of a folder that nobody has, within `incoming`; not made yet. */
export function scratchName(incoming: string): string {
  return join(incoming, `scratch-${randomUUID()}`);
}

/** Makes the folder that scratch folders are in, without what dead processes left there. */
export async function prepareIncoming(incoming: string): Promise<void> {
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LEFTOVER_AGE_MS) await rm(path, { recursive: true, force: true });
  }
}
