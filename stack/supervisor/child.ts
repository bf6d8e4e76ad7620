import { type ChildProcess, spawn } from 'node:child_process';
import { StartError } from '../../runtime/start-error.ts';
import type { RunningPart } from './running-part.ts';

export interface ChildOptions {
  /** For messages: "api". */
  name: string;
  /** A .ts file, and what it gets as arguments. */
  entry: string;
  args?: string[];
  /** The whole environment; POSTKEEP_SUPERVISED is added. */
  env: Record<string, string>;
  signal: AbortSignal;
}

/** Bundling the workflows on a busy machine is the longest start. */
const READY_MS_MAX = 60_000;
/** More than a process gives its own steps of stopping (runtime/shutdown.ts). */
const STOP_MS_MAX = 20_000;
const STDERR = 2;

/**
 * Starts one of our own processes on this Node; resolves when it says `{ ready: true }`. It holds
 * our pipe on its standard input, and ends itself when that closes.
 * @throws StartError when it ends, or says nothing for too long, before it is ready
 */
export async function startChild(options: ChildOptions): Promise<RunningPart> {
  const child = spawn(process.execPath, [options.entry, ...(options.args ?? [])], {
    stdio: ['pipe', STDERR, STDERR, 'ipc'],
    env: { ...options.env, POSTKEEP_SUPERVISED: '1' },
  });
  // A child that dies takes its end of the pipe with it; its exit tells us.
  child.stdin?.on('error', () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was killed by ${signal}`),
    );
  });
  const part: RunningPart = {
    pid: child.pid ?? 0,
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      await exited;
      clearTimeout(timer);
    },
  };
  const trouble = await waitUntilReady(child, exited, options.signal);
  if (trouble === null) return part;
  child.kill('SIGKILL');
  await exited;
  throw new StartError(`${options.name} ${trouble}; what it said is above.`);
}

/** null when it is ready, else why it will not be. */
async function waitUntilReady(
  child: ChildProcess,
  exited: Promise<string>,
  signal: AbortSignal,
): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const first = new Promise<string | null>((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && 'ready' in message) resolve(null);
    });
    void exited.then((how) => resolve(`${how} before it was ready`));
    signal.addEventListener('abort', () => resolve('was stopped before it was ready'));
    const seconds = READY_MS_MAX / 1_000;
    timer = setTimeout(() => resolve(`was not ready within ${seconds} s`), READY_MS_MAX);
  });
  const trouble = await first;
  clearTimeout(timer);
  return trouble;
}
