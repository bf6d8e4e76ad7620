import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../runtime/config.ts';
import { readRunFile, type RunFile } from '../runtime/run-file.ts';

const START = fileURLToPath(new URL('./bin/start.ts', import.meta.url));
const LAUNCHED = new URL('./bin/launched.mjs', import.meta.url).href;

/** The first start on a machine builds the console, and Temporal unless one is found. */
const READY_MS_MAX = 400_000;
const STOP_MS_MAX = 60_000;
const ENTERED_BY_ALL = 0o755;
const OUTPUT_CHARS_KEPT = 100_000;
const POLL_MS = 50;

/** Every port free, everything embedded, nothing but a company in it, quiet. */
const DEFAULTS = {
  PORT: '0',
  SMTP_PORT: '0',
  LMTP_PORT: null,
  TEMPORAL_PORT: '0',
  TEMPORAL_UI_PORT: '0',
  PG_PORT: '0',
  CATCHER_PORT: '0',
  HOST: '127.0.0.1',
  PUBLIC_URL: null,
  DATABASE_URL: null,
  TEMPORAL_ADDRESS: null,
  SMTP_URL: null,
  POSTKEEP_DEMO: '0',
  LOG_LEVEL: 'warn',
};

export interface ProductOptions {
  /** The data folder, which stays; default: a new one that goes with `stop`. */
  folder?: string;
  /** Changes to the settings; null takes one away. */
  env?: Record<string, string | null>;
}

export interface Product {
  url: string;
  smtpPort: number;
  catcherUrl: string | null;
  /** The data folder, with credentials.json. */
  folder: string;
  /** run.json as it was when everything was ready. */
  run: RunFile;
  /** run.json as it is now (process ids change); null between a stop and a start. */
  readRun: () => RunFile | null;
  /** What it has printed. */
  output: () => string;
  /** SIGINT to the process group, as Ctrl-C does; resolves with the exit code. */
  stop: () => Promise<number | null>;
  /** SIGKILL to the process group; services under guards end a moment later. */
  kill: () => Promise<void>;
  /** Kills one part and waits until another process has taken its place. */
  killPart: (name: keyof RunFile['processes']) => Promise<void>;
}

/**
 * The full product, by the same program as `npm start`, in a process group of its own.
 * @throws with what it printed when it does not become ready
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'postkeep-product-'));
  if (options.folder === undefined) chmodSync(folder, ENTERED_BY_ALL);
  const child = spawn(process.execPath, ['--import', LAUNCHED, START], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: childEnvironment({
      ...DEFAULTS,
      ...options.env,
      POSTKEEP_DATA: folder,
      POSTKEEP_LAUNCHER: String(process.pid),
    }),
  });
  const output = collectOutput(child);
  const exited = once(child, 'exit');
  const removeOwn = () => {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const trouble = await troubleStarting(child);
  if (trouble !== null) {
    signalGroup(child, 'SIGKILL');
    removeOwn();
    throw new Error(`Postkeep ${trouble}:\n${output()}`);
  }
  const run = readRunFile(folder);
  if (run === null) throw new Error(`there is no run.json in ${folder}:\n${output()}`);
  const readRun = () => readRunFile(folder);
  return {
    url: run.url,
    smtpPort: run.smtp.port,
    catcherUrl: run.catcherUrl,
    folder,
    run,
    readRun,
    output,
    stop: async () => {
      signalGroup(child, 'SIGINT');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MS_MAX);
      await exited;
      clearTimeout(timer);
      removeOwn();
      return child.exitCode;
    },
    kill: async () => {
      signalGroup(child, 'SIGKILL');
      await exited;
    },
    killPart: async (name) => {
      const pid = readRun()?.processes[name];
      if (!pid) throw new Error(`the part "${name}" does not run`);
      process.kill(pid, 'SIGKILL');
      const another = () => ![pid, null, undefined].includes(readRun()?.processes[name]);
      while (!another()) await sleep(POLL_MS);
    },
  };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-OUTPUT_CHARS_KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}

/** null when it is ready, else why it is not. */
async function troubleStarting(child: ChildProcess): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const trouble = await new Promise<string | null>((resolve) => {
    child.once('message', () => resolve(null));
    child.once('exit', (code) => resolve(`ended with code ${code}`));
    const seconds = READY_MS_MAX / 1_000;
    timer = setTimeout(() => resolve(`was not ready within ${seconds} s`), READY_MS_MAX);
  });
  clearTimeout(timer);
  return trouble;
}

function signalGroup(child: ChildProcess, name: 'SIGINT' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended in the meantime.
  }
}
