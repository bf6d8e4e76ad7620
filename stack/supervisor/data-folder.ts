import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../runtime/logger.ts';
import { type RunFile, readRunFile, runFilePath } from '../../runtime/run-file.ts';
import { StartError } from '../../runtime/start-error.ts';
import { acquireFileLock, lockHolder } from '../bin/file-lock.mjs';
import { isAlive, processStart } from '../bin/process-identity.mjs';

/** contract.md: a start soon after a kill waits so long for what is left. */
const REMAINS_MS_MAX = 10_000;
const POLL_MS = 100;

/** The data folder, while one supervisor uses it. */
export interface DataFolder {
  path: string;
  /** Notes which processes belong to this run, so that a later start knows remains of it. */
  noteProcesses(pids: readonly number[]): void;
  /** Announces the running Postkeep; the file appears whole. */
  announce(run: RunFile): void;
  /** It is announced no more: the stop begins. */
  withdraw(): void;
  release(): void;
}

/**
 * Takes the data folder for this process, after the remains of a killed run have ended.
 * @throws StartError when another Postkeep runs from it
 */
export async function takeDataFolder(path: string, log: Logger): Promise<DataFolder> {
  mkdirSync(path, { recursive: true });
  const lockPath = join(path, 'supervisor.lock');
  const inUse = (pid: number | null) =>
    new StartError(
      `Postkeep already runs from ${path} (process ${pid}). Stop it first, ` +
        'or set POSTKEEP_DATA to another folder.',
    );
  const holder = lockHolder(lockPath);
  // One that is announced is not about to end: waiting for it is in vain.
  if (holder !== null && readRunFile(path)?.pid === holder) throw inUse(holder);
  const lock = await acquireFileLock(lockPath, {
    waitMsMax: REMAINS_MS_MAX,
    onWait: (pid) => log.info({ pid }, 'waiting for an earlier Postkeep to end'),
  });
  if (lock === null) throw inUse(lockHolder(lockPath));
  rmSync(runFilePath(path), { force: true });
  const processesPath = join(path, 'processes.json');
  await endRemains(processesPath, log);
  return {
    path,
    noteProcesses: (pids) => {
      const processes = pids.map((pid) => ({ pid, started: processStart(pid) }));
      writeWhole(processesPath, JSON.stringify(processes));
    },
    announce: (run) => writeWhole(runFilePath(path), `${JSON.stringify(run, null, 2)}\n`),
    withdraw: () => rmSync(runFilePath(path), { force: true }),
    release: () => {
      rmSync(processesPath, { force: true });
      lock.release();
    },
  };
}

/**
 * Our own processes end themselves when their supervisor's pipe closes, and so do the guards. A
 * service that has lost its guard too is asked to end; what stays longer than that is killed.
 */
async function endRemains(processesPath: string, log: Logger): Promise<void> {
  const deadlineMs = Date.now() + REMAINS_MS_MAX;
  let remains = readProcesses(processesPath).filter(({ pid, started }) => isAlive(pid, started));
  if (remains.length > 0) log.info({ remains }, 'waiting for what is left of a killed Postkeep');
  // Postgres shuts down fast at this signal, and Temporal in order; the others ignore it.
  for (const { pid } of remains) signal(pid, 'SIGINT');
  while (remains.length > 0 && Date.now() < deadlineMs) {
    await sleep(POLL_MS);
    remains = remains.filter(({ pid, started }) => isAlive(pid, started));
  }
  for (const { pid } of remains) {
    log.warn({ pid }, 'killing what is left of a killed Postkeep');
    signal(pid, 'SIGKILL');
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in the meantime.
  }
}

function readProcesses(path: string): { pid: number; started: string | null }[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(value) ? value.filter(isProcess) : [];
  } catch {
    return [];
  }
}

function isProcess(value: unknown): value is { pid: number; started: string | null } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'started' in value &&
    (typeof value.started === 'string' || value.started === null)
  );
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
}
