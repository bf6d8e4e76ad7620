import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { childEnvironment } from '../../runtime/config.ts';
import { isAlive, processStart } from './process-identity.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Tells what it got, counts Ctrl-C, and ends with 7 at SIGTERM. */
const ENTRY = `
  process.on('SIGINT', () => process.stdout.write('SIGINT;'));
  process.on('SIGTERM', () => process.exit(7));
  process.stdout.write(JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }) + ';');
  setInterval(() => undefined, 1000);
`;

let root = '';
const children: ChildProcess[] = [];

/** A checkout in which nothing has to be installed. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'postkeep-run-'));
  mkdirSync(join(root, 'stack', 'bin'), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  const scripts = readdirSync(HERE).filter((name) => name.endsWith('.mjs'));
  for (const name of scripts) copyFileSync(join(HERE, name), join(root, 'stack', 'bin', name));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'entry.ts'), ENTRY);
});
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  rmSync(root, { recursive: true, force: true });
});

async function run(env: Record<string, string> = {}) {
  const launcher = spawn(
    process.execPath,
    [join(root, 'stack', 'bin', 'run.mjs'), 'entry.ts', 'one', '--two'],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: childEnvironment({ npm_lifecycle_event: null, ...env }),
    },
  );
  children.push(launcher);
  let output = '';
  launcher.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await vi.waitFor(() => expect(output).toContain(';'), 5_000);
  const said: { pid: number; args: string[] } = JSON.parse(output.slice(0, output.indexOf(';')));
  const closed = new Promise<number | null>((resolve) => {
    launcher.on('close', (code) => resolve(code));
  });
  return { launcher, closed, entry: said, output: () => output };
}

const gone = (pid: number) => !isAlive(pid, processStart(pid));

test('the entry gets its arguments, and its exit code is passed on', async () => {
  const { launcher, closed, entry } = await run();
  expect(entry.args).toEqual(['one', '--two']);
  launcher.kill('SIGTERM');
  expect(await closed).toBe(7);
});

test('SIGINT to the launcher alone reaches the entry once, though npm repeats it', async () => {
  const { launcher, output } = await run();
  launcher.kill('SIGINT');
  launcher.kill('SIGINT');
  await vi.waitFor(() => expect(output()).toContain('SIGINT;'));
  launcher.kill('SIGINT');
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect(output().split('SIGINT;').length - 1).toBe(1);
});

test('an entry whose launcher is killed ends by itself', async () => {
  const { launcher, entry } = await run();
  launcher.kill('SIGKILL');
  await vi.waitFor(() => expect(gone(entry.pid)).toBe(true), 5_000);
});

test('an entry that dies by a signal makes its launcher die by it', async () => {
  const { launcher, closed, entry } = await run();
  process.kill(entry.pid, 'SIGKILL');
  await closed;
  expect(launcher.signalCode).toBe('SIGKILL');
});
