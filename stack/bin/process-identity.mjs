// Telling a process from a later one that was given the same number.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Field 22 of /proc/PID/stat, counted after the name, which may hold spaces and brackets. */
const START_TIME_AFTER_NAME = 19;

/**
 * A text that stays the same while this process lives; null when the process is gone.
 * @param {number} pid
 * @returns {string | null}
 */
export function processStart(pid) {
  if (process.platform === 'linux') {
    const fields = linuxStat(pid);
    return fields === null ? null : (fields[START_TIME_AFTER_NAME] ?? null);
  }
  if (process.platform === 'win32') return isThere(pid) ? 'unknown' : null;
  const found = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return found.stdout?.trim() || null;
}

/**
 * Whether that very process still runs. One that has ended and waits to be collected does not.
 * @param {number} pid
 * @param {string | null} started what `processStart` said about it
 */
export function isAlive(pid, started) {
  if (process.platform === 'linux' && linuxStat(pid)?.[0] === 'Z') return false;
  return started !== null && processStart(pid) === started;
}

function linuxStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
