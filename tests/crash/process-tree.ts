import { readdirSync, readFileSync } from 'node:fs';
import { waitUntil } from './wait-until.ts';

/** The kernel ends a killed process at once, unless it writes to a slow disk. */
const END_MS_MAX = 10_000;

interface Process {
  pid: number;
  parent: number;
  isZombie: boolean;
}

/**
 * SIGKILL to a process and everything below it, guards and database sessions too, at one moment.
 * Resolves when none of them runs any more.
 */
export async function killTree(root: number): Promise<void> {
  const pids = descendantsOf(root);
  for (const pid of pids) kill(pid);
  await waitUntil('the killed processes end', () => !pids.some(isRunning) || undefined, END_MS_MAX);
}

/** SIGKILL to one process alone. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

function descendantsOf(root: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const found = [root];
  for (const pid of found) {
    found.push(...all.filter(({ parent }) => parent === pid).map((process) => process.pid));
  }
  return found;
}

export function isRunning(pid: number): boolean {
  const found = readProcess(pid);
  return found !== null && !found.isZombie;
}

function readProcess(pid: number): Process | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return { pid, parent, isZombie: /^State:\s+Z/m.test(status) };
  } catch {
    return null;
  }
}
