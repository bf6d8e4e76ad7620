import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testLog } from '../../runtime/logger.ts';
import { readRunFile, type RunFile } from '../../runtime/run-file.ts';
import { isAlive, processStart } from '../bin/process-identity.mjs';
import { takeDataFolder } from './data-folder.ts';

let folder = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-data-'));
});
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true, force: true });
});

const RUN: RunFile = {
  url: 'http://127.0.0.1:3000',
  smtp: { host: '127.0.0.1', port: 2525 },
  temporal: { address: '127.0.0.1:7233', uiUrl: null },
  catcherUrl: null,
  databaseUrl: 'postgres://127.0.0.1/postkeep',
  smtpUrl: 'smtp://127.0.0.1:25',
  pid: process.pid,
  processes: { api: 1, worker: 2, mailIn: 3, postgres: 4, temporal: 5, catcher: null },
};

function startProgram(script: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  return child;
}

test('a folder that a running Postkeep has announced is refused at once', async () => {
  const taken = await takeDataFolder(folder, testLog);
  taken.announce(RUN);
  const startedMs = Date.now();
  await expect(takeDataFolder(folder, testLog)).rejects.toThrow(
    `Postkeep already runs from ${folder} (process ${process.pid})`,
  );
  expect(Date.now() - startedMs).toBeLessThan(1_000);
  taken.release();
});

test('the next one gets the folder as soon as it is released', async () => {
  const first = await takeDataFolder(folder, testLog);
  const second = takeDataFolder(folder, testLog);
  first.release();
  (await second).release();
});

test('run.json is there between announce and withdraw only', async () => {
  const taken = await takeDataFolder(folder, testLog);
  expect(readRunFile(folder)).toBeNull();
  taken.announce(RUN);
  expect(readRunFile(folder)).toEqual(RUN);
  taken.withdraw();
  expect(existsSync(join(folder, 'run.json'))).toBe(false);
  taken.release();
});

test('a start waits for the processes of a killed run, and asks lost services to end', async () => {
  const lost = startProgram('process.stdout.write("up"); setInterval(() => undefined, 1000)');
  await new Promise((resolve) => lost.stdout?.once('data', resolve));
  const pid = lost.pid ?? 0;
  const note = [{ pid, started: processStart(pid) }];
  writeFileSync(join(folder, 'processes.json'), JSON.stringify(note));
  const taken = await takeDataFolder(folder, testLog);
  expect(isAlive(pid, note[0]?.started ?? null)).toBe(false);
  taken.release();
});

test('a process that only has the number of an earlier one is left alone', async () => {
  const stranger = startProgram('setInterval(() => undefined, 1000)');
  const note = [{ pid: stranger.pid, started: '1' }];
  writeFileSync(join(folder, 'processes.json'), JSON.stringify(note));
  const taken = await takeDataFolder(folder, testLog);
  expect(stranger.signalCode).toBeNull();
  taken.noteProcesses([process.pid]);
  expect(readFileSync(join(folder, 'processes.json'), 'utf8')).toContain(`${process.pid}`);
  taken.release();
});
