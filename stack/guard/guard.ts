import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { FromGuard, GuardSpec, ToGuard } from './spec.ts';

/**
 * The process between the supervisor and a service that knows nothing of us (Postgres, Temporal).
 * It leads a process group of its own, so that Ctrl-C and a killed terminal do not reach the
 * service, and it holds the supervisor's pipe: told to stop, it stops the service; when the pipe
 * closes it does so at once, because whoever would have told it is dead.
 */

/** Without a supervisor: a short chance to end in order, so that no recovery is needed. */
const ORPHAN_STOP_MS_MAX = 3_000;
/** The last sessions of a killed Postgres may still write while the folder goes. */
const REMOVE_RETRIES_MAX = 10;

let service: ChildProcess | null = null;
let spec: GuardSpec | null = null;
let killTimer: NodeJS.Timeout | undefined;

process.on('message', (message: ToGuard) => {
  if (message.kind === 'start' && spec === null) start(message.spec);
  if (message.kind === 'stop') stop(spec?.stopMsMax ?? 0);
});
process.on('disconnect', () => stop(Math.min(spec?.stopMsMax ?? 0, ORPHAN_STOP_MS_MAX)));
process.on('SIGTERM', () => stop(spec?.stopMsMax ?? 0));
for (const name of ['SIGINT', 'SIGHUP', 'SIGPIPE'] as const) process.on(name, () => undefined);

function start(wanted: GuardSpec): void {
  spec = wanted;
  const child = spawn(wanted.program, wanted.args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: '/',
    ...(wanted.user ?? {}),
  });
  service = child;
  child.on('spawn', () => tell({ kind: 'started', pid: child.pid ?? 0 }));
  child.on('error', (error) => {
    tell({ kind: 'failed', message: error.message });
    end(1);
  });
  child.on('exit', (code) => {
    tell({ kind: 'ended' });
    end(code ?? 1);
  });
}

function stop(stopMsMax: number): void {
  if (service === null || spec === null) return end(0);
  service.kill(spec.stopSignal);
  clearTimeout(killTimer);
  killTimer = setTimeout(() => service?.kill('SIGKILL'), stopMsMax);
}

function end(code: number): void {
  clearTimeout(killTimer);
  try {
    const folder = spec?.removeAfter;
    if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: REMOVE_RETRIES_MAX });
  } finally {
    process.exit(code);
  }
}

/** The supervisor may have died a moment ago; then nobody needs to know. */
function tell(message: FromGuard): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
