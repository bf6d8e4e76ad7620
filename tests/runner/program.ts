import { spawn, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../runtime/config.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Marks everything that a run starts, down to the last grandchild (leftovers.ts looks for it). */
export const MARK = `postkeep-test-${process.pid}-${Date.now()}`;

/** A stopped child gets so long to stop its own children before it is killed. */
const GRACE_MS = 15_000;

/** Kept at most of what a program says: enough for any failure, not for a flood. */
const OUTPUT_CHARS_MAX = 1_000_000;

export interface ProgramRun {
  /** null when a signal or the timeout ended it. */
  code: number | null;
  output: string;
}

export interface Program {
  /** The script inside node_modules, such as `eslint/bin/eslint.js`. */
  program: string;
  args: string[];
  /** Folder below the root to run in. */
  folder?: string;
  timeoutMs: number;
  /** File descriptor that gets the output as it comes; without it the output is kept. */
  showOn?: number;
  /** It gets the processor when nothing else wants it, for what runs beside tests. */
  givesWay?: boolean;
}

const running = new Set<ChildProcess>();
let isStopping = false;

/** Runs a package's script on the Node that runs this, and waits for its end. */
export async function runProgram(wanted: Program): Promise<ProgramRun> {
  if (isStopping) return { code: null, output: 'stopped before it began\n' };
  const { program, args, folder = '.', timeoutMs, showOn = 'pipe', givesWay = false } = wanted;
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: join(ROOT, folder),
    stdio: ['ignore', showOn, showOn],
    env: childEnvironment({ POSTKEEP_TEST_RUN: MARK }),
  });
  running.add(child);
  if (givesWay && child.pid !== undefined) {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  let output = '';
  const keep = (part: Buffer): void => {
    if (output.length < OUTPUT_CHARS_MAX) output += part.toString('utf8');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const timer = setTimeout(() => {
    output += `\nstill running after ${Math.round(timeoutMs / 1000)} s, stopped\n`;
    stop(child);
  }, timeoutMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, output };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

/** Stops whatever runs, and begins nothing more: for Ctrl-C and for a terminated run. */
export function stopPrograms(): void {
  isStopping = true;
  for (const child of running) stop(child);
}

function stop(child: ChildProcess): void {
  child.kill('SIGINT');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
}
