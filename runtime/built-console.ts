import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where builds of the web console are: each in a folder named by the hash of its sources, which
 * nobody changes any more, and the name of the newest in the file `current`.
 */
export const BUILT_CONSOLES = fileURLToPath(new URL('../web/build/', import.meta.url));

const CURRENT = 'current';
const BUILD_NAME = /^[0-9a-f]{16}$/;
const SERVED_BY = /^served-by-(\d+)$/;

/** The build that a process that starts now is to serve; null: none was made. */
export function readCurrentBuild(folder: string): string | null {
  const name = readOrNull(join(folder, CURRENT))?.trim() ?? '';
  return BUILD_NAME.test(name) && existsSync(join(folder, name)) ? name : null;
}

export function announceBuild(folder: string, name: string): void {
  if (readCurrentBuild(folder) === name) return;
  const draft = join(folder, `${CURRENT}-${process.pid}`);
  writeFileSync(draft, name);
  renameSync(draft, join(folder, CURRENT));
}

export function listBuilds(folder: string): string[] {
  return namesIn(folder).filter((name) => BUILD_NAME.test(name));
}

/**
 * Says that this process serves that build, so that it is kept while the process lives.
 * @returns false where nothing can be written, as in an image: nothing is removed there either
 */
export function markServed(folder: string, name: string): boolean {
  try {
    // What processes before this one left: many may come and go between two builds.
    readServedBuilds(folder);
    writeFileSync(join(folder, `served-by-${process.pid}`), name);
    return true;
  } catch {
    return false;
  }
}

/** The builds that living processes serve; what dead ones said is removed. */
export function readServedBuilds(folder: string): Set<string> {
  const served = new Set<string>();
  for (const file of namesIn(folder)) {
    const pid = SERVED_BY.exec(file)?.[1];
    if (pid === undefined) continue;
    const name = readOrNull(join(folder, file));
    if (!isThere(Number(pid))) rmSync(join(folder, file), { force: true });
    else if (name !== null) served.add(name);
  }
  return served;
}

/** A number that another process got meanwhile keeps a build for longer, which hurts nobody. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
