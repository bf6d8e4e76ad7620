import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireFileLock, lockHolder } from './file-lock.mjs';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-lock-'));
  path = join(folder, 'one.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockUrl = new URL('./file-lock.mjs', import.meta.url).href;
const HOLD = `
  import { acquireFileLock } from '${lockUrl}';
  const lock = await acquireFileLock(process.argv[1]);
  if (process.argv[2]) lock.helper(Number(process.argv[2]));
  process.stdout.write('held');
  setInterval(() => undefined, 1000);
`;

async function holdInAnotherProcess(helperPid = '') {
  const args = ['--input-type=module', '-e', HOLD, path, helperPid];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('only one process holds the lock, and the next one gets it on release', async () => {
  const first = await acquireFileLock(path);
  expect(await acquireFileLock(path, { waitMsMax: 0 })).toBeNull();
  expect(lockHolder(path)).toBe(process.pid);
  const second = acquireFileLock(path);
  first.release();
  (await second).release();
  expect(lockHolder(path)).toBeNull();
});

test('the lock of a killed process is taken over', async () => {
  const holder = await holdInAnotherProcess();
  expect(lockHolder(path)).toBe(holder.pid);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = await acquireFileLock(path, { waitMsMax: 2_000 });
  expect(lock).not.toBeNull();
  lock?.release();
});

test('the lock outlives its holder while the helper of that one still works', async () => {
  const helper = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  const holder = await holdInAnotherProcess(String(helper.pid));
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await acquireFileLock(path, { waitMsMax: 300 })).toBeNull();
  helper.kill('SIGKILL');
  await once(helper, 'exit');
  (await acquireFileLock(path)).release();
});
