import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive, processStart } from '../bin/process-identity.mjs';
import { startGuarded } from './guarded-program.ts';
import type { GuardSpec } from './spec.ts';

let folder = '';
const supervisors: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-guard-'));
});
afterEach(() => {
  supervisors.splice(0).forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true, force: true });
});

const ENDS_WELL = 'setInterval(() => undefined, 1000)';
const STUBBORN = `process.on('SIGTERM', () => undefined); ${ENDS_WELL}`;

function specOf(script: string, changes: Partial<GuardSpec> = {}): GuardSpec {
  return {
    program: process.execPath,
    args: ['-e', script],
    env: {},
    user: null,
    stopSignal: 'SIGTERM',
    stopMsMax: 400,
    removeAfter: null,
    ...changes,
  };
}

const logFd = () => openSync(join(folder, 'log'), 'a');
const gone = (pid: number) => !isAlive(pid, processStart(pid));

/** A process of its own that starts the service, says both process ids, and waits. */
async function startSupervisor(spec: GuardSpec) {
  const url = new URL('./guarded-program.ts', import.meta.url).href;
  const script = `
    import { startGuarded } from '${url}';
    const service = await startGuarded(${JSON.stringify(spec)}, 2);
    process.stdout.write(JSON.stringify([service.pid, service.guardPid]));
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  supervisors.push(child);
  const said = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
  const [pid, guardPid]: [number, number] = JSON.parse(said.toString());
  return { child, pid, guardPid };
}

test('told to stop, the guard stops the service in order', async () => {
  const service = await startGuarded(specOf(ENDS_WELL), logFd());
  expect(gone(service.pid)).toBe(false);
  await service.stop();
  expect([gone(service.pid), gone(service.guardPid)]).toEqual([true, true]);
});

test('a service that does not obey is killed after its time', async () => {
  const service = await startGuarded(specOf(STUBBORN), logFd());
  await service.stop();
  expect(gone(service.pid)).toBe(true);
});

test('a service that ends by itself ends its guard, and is told about', async () => {
  const service = await startGuarded(specOf('process.exitCode = 3'), logFd());
  expect(await service.exited).toBe('ended with code 3');
});

test('a program that is not there is an error that names it', async () => {
  const starting = startGuarded(specOf('', { program: '/none/such' }), logFd());
  await expect(starting).rejects.toThrow('/none/such');
});

test('a killed supervisor takes guard and service with it, and the throw-away folder', async () => {
  const removeAfter = join(folder, 'throw-away');
  const { child, pid, guardPid } = await startSupervisor(specOf(STUBBORN, { removeAfter }));
  child.kill('SIGKILL');
  await vi.waitFor(() => expect([gone(pid), gone(guardPid)]).toEqual([true, true]), 5_000);
  expect(existsSync(removeAfter)).toBe(false);
});

test('a killed guard leaves no service behind while the supervisor lives', async () => {
  const service = await startGuarded(specOf(STUBBORN), logFd());
  process.kill(service.guardPid, 'SIGKILL');
  expect(await service.exited).toBe('was killed by SIGKILL');
  await vi.waitFor(() => expect(gone(service.pid)).toBe(true));
});
