import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The process that serves this cluster by its postmaster.pid, or null when none does. */
export function findPostmaster(cluster: string): number | null {
  const pid = readPid(cluster);
  return pid !== null && commandLine(pid)?.includes(cluster) ? pid : null;
}

/**
 * Removes the postmaster.pid of a killed server. Postgres would do so itself, unless the number has
 * gone to another process of the same user in the meantime (the usual case after a reboot).
 */
export function clearStalePid(cluster: string): void {
  if (readPid(cluster) !== null && findPostmaster(cluster) === null) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
  }
}

function readPid(cluster: string): number | null {
  try {
    const [first] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Math.abs(Number(first));
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

function commandLine(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return null;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() || null;
}
