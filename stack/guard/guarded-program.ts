import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../runtime/config.ts';
import type { RunningPart } from '../supervisor/running-part.ts';
import type { FromGuard, GuardSpec, ToGuard } from './spec.ts';

const GUARD = fileURLToPath(new URL('./guard.ts', import.meta.url));

/** Beyond the guard's own bound: it only has to kill a process and remove a folder. */
const GUARD_STOP_MS_MORE = 5_000;

/** A service under its guard. */
export interface GuardedProgram extends RunningPart {
  guardPid: number;
}

/**
 * Starts a service under a guard of its own; resolves when the program runs (not yet: answers).
 * @param logFd an open file that takes what the service prints
 */
export async function startGuarded(spec: GuardSpec, logFd: number): Promise<GuardedProgram> {
  const guard = spawn(process.execPath, [GUARD], {
    detached: true,
    stdio: ['ignore', logFd, logFd, 'ipc'],
    // Node's own switches (a coverage run, a debugger) are for us, not for the guard.
    env: childEnvironment({ NODE_OPTIONS: null, NODE_V8_COVERAGE: null, ...spec.env }),
  });
  const exited = new Promise<string>((resolve) => {
    guard.once('error', (error) => resolve(error.message));
    guard.once('exit', (code, signal) => {
      // A killed guard leaves its service behind, in the group that the guard led.
      killGroup(guard);
      resolve(signal === null ? `ended with code ${code}` : `was killed by ${signal}`);
    });
  });
  const pid = await started(guard, spec, exited);
  return {
    pid,
    guardPid: guard.pid ?? 0,
    exited,
    stop: async () => {
      tell(guard, { kind: 'stop' });
      const timer = setTimeout(() => killGroup(guard), spec.stopMsMax + GUARD_STOP_MS_MORE);
      await exited;
      clearTimeout(timer);
    },
  };
}

function started(guard: ChildProcess, spec: GuardSpec, exited: Promise<string>): Promise<number> {
  return new Promise((resolve, reject) => {
    guard.on('message', (message: FromGuard) => {
      if (message.kind === 'started') resolve(message.pid);
      if (message.kind === 'failed') reject(new Error(`${spec.program}: ${message.message}`));
    });
    void exited.then((how) => reject(new Error(`the guard of ${spec.program} ${how}`)));
    tell(guard, { kind: 'start', spec });
  });
}

function tell(guard: ChildProcess, message: ToGuard): void {
  if (guard.connected) guard.send(message, () => undefined);
}

function killGroup(guard: ChildProcess): void {
  if (guard.pid === undefined) return;
  try {
    process.kill(-guard.pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}
