// A lock between processes, kept in a file. Plain JavaScript: it is needed before anything is
// installed, by whatever Node the machine has.
import { randomBytes } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processStart } from './process-identity.mjs';

const POLL_MS = 200;
/** A lock file that cannot be read is being written, or was left half written by a full disk. */
const UNREADABLE_MS_MAX = 10_000;

/**
 * Waits until this process holds the lock. The lock of a process that has died, and whose helper
 * process has died too, counts as left behind and is taken over.
 *
 * @param {string} path
 * @param {{ onWait?: (pid: number) => void, waitMsMax?: number }} [options]
 * @returns {Promise<import('./file-lock.mjs').FileLock | null>} null: held after waitMsMax
 */
export async function acquireFileLock(path, { onWait, waitMsMax = Infinity } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const token = randomBytes(8).toString('hex');
  const deadlineMs = Date.now() + waitMsMax;
  let told = false;
  while (!tryTake(path, token)) {
    const holder = readHolder(path);
    if (holder !== null && isLeftBehind(path, holder)) {
      removeLeftBehind(path, holder.text);
      continue;
    }
    if (Date.now() >= deadlineMs) return null;
    if (!told && holder?.pid) {
      told = true;
      onWait?.(holder.pid);
    }
    await sleep(POLL_MS);
  }
  return {
    helper: (pid) => writeWhole(path, holderText(token, pid), renameSync),
    release: () => {
      if (readHolder(path)?.token === token) rmSync(path, { force: true });
    },
  };
}

/** The process that holds the lock, or null when it is free or left behind. */
export function lockHolder(path) {
  const holder = readHolder(path);
  return holder === null || isLeftBehind(path, holder) ? null : holder.pid;
}

function holderText(token, helperPid = null) {
  const started = processStart(process.pid);
  const helper = helperPid === null ? null : { pid: helperPid, started: processStart(helperPid) };
  return JSON.stringify({ token, pid: process.pid, started, helper });
}

function tryTake(path, token) {
  try {
    writeWhole(path, holderText(token), linkSync);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The file appears with all its content: link refuses an existing one, rename replaces it. */
function writeWhole(path, text, publish) {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text);
  try {
    publish(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    return { ...JSON.parse(text), text };
  } catch {
    return { text, pid: null };
  }
}

function isLeftBehind(path, holder) {
  if (holder.pid === null) return ageMs(path) > UNREADABLE_MS_MAX;
  if (isAlive(holder.pid, holder.started)) return false;
  return !(holder.helper && isAlive(holder.helper.pid, holder.helper.started));
}

/** Of two that find the same lock left behind, one may already hold a new one: that goes back. */
function removeLeftBehind(path, text) {
  const aside = `${path}.left.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
