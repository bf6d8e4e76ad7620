import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Two files of this size a service: enough to look into, never a full disk. */
const LOG_BYTES_MAX = 10 * 1_048_576;
const TAIL_BYTES = 2_000;

/** Opens a log for appending; one that has grown too long makes way (`NAME.1`). */
export function openLogFile(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (sizeOf(path) > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

/** The last lines of a log, for an error message. */
export function tailOf(path: string): string {
  const size = sizeOf(path);
  if (size === 0) return '(it said nothing)';
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trimEnd();
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
