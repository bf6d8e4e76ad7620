import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Children end themselves when their supervisor's pipe closes; they get so long to do it. */
const END_MS_MAX = 20_000;
const LOOK_EVERY_MS = 200;

/** Where a process' environment can be read: on Linux. Elsewhere nothing is looked for. */
export const canLookForLeftovers = existsSync('/proc/self/environ');

/** Processes that carry the mark in their environment and do not end: `pid command`. */
export async function findLeftovers(mark: string, waitMs = END_MS_MAX): Promise<string[]> {
  const deadline = performance.now() + waitMs;
  let found = look(mark);
  while (found.length > 0 && performance.now() < deadline) {
    await sleep(LOOK_EVERY_MS);
    found = look(mark);
  }
  return found;
}

function look(mark: string): string[] {
  if (!canLookForLeftovers) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(pid, 'environ').includes(mark) && isAlive(pid))
    .map((pid) => `${pid} ${read(pid, 'cmdline').replaceAll('\0', ' ').trim()}`);
}

/** A zombie has ended; only its parent has not looked yet. */
function isAlive(pid: string): boolean {
  return !/^State:\s+Z/m.test(read(pid, 'status'));
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // The process has ended meanwhile, or belongs to someone else.
    return '';
  }
}
