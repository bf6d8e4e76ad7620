import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../../runtime/config.ts';

const LOOK_EVERY_MS = 50;

/** An npm command that runs in a process group of its own, as in a terminal. */
export interface Command {
  /** In the environment of everything that it starts. */
  mark: string;
  output(): string;
  /** Resolves when it has printed these words. @throws when it ends before, or takes too long */
  says(words: string, msMax: number): Promise<void>;
  /** Its exit code, or null when a signal ended it. @throws when it takes too long */
  ended(msMax: number): Promise<number | null>;
  /** To npm alone. */
  signal(name: NodeJS.Signals): void;
  signalGroup(name: NodeJS.Signals): void;
}

/** Every port free, so that nothing on the machine is in the way. */
const FREE_PORTS = {
  PORT: '0',
  SMTP_PORT: '0',
  TEMPORAL_PORT: '0',
  TEMPORAL_UI_PORT: '0',
  PG_PORT: '0',
  CATCHER_PORT: '0',
};

/** The newcomer has neither our packages nor our settings. */
const NOT_THEIRS = {
  POSTKEEP_DATA: null,
  POSTKEEP_TEST_RUN: null,
  NODE_COMPILE_CACHE: null,
  NODE_OPTIONS: null,
};

export function runNpm(folder: string, args: string[], env: Record<string, string>): Command {
  const mark = `postkeep-clone-${randomUUID()}`;
  const own = childEnvironment({ ...FREE_PORTS, ...NOT_THEIRS, ...env, POSTKEEP_CLONE_RUN: mark });
  const outside = Object.entries(own).filter(([name]) => !/^npm_/i.test(name));
  const path = (own.PATH ?? '').split(delimiter).filter((part) => !part.includes('node_modules'));
  const child = spawn('npm', args, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(outside), PATH: path.join(delimiter) },
  });
  let output = '';
  let isOver = false;
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.once('exit', () => void (isOver = true));
  const until = async (isDone: () => boolean, msMax: number, what: string) => {
    const deadlineMs = Date.now() + msMax;
    while (!isDone()) {
      if (Date.now() > deadlineMs) throw new Error(`${what} took over ${msMax} ms:\n${output}`);
      await sleep(LOOK_EVERY_MS);
    }
  };
  return {
    mark,
    output: () => output,
    says: async (words, msMax) => {
      await until(() => isOver || output.includes(words), msMax, `"${words}"`);
      if (!output.includes(words)) throw new Error(`it ended without "${words}":\n${output}`);
    },
    ended: async (msMax) => {
      await until(() => isOver, msMax, 'the end');
      return child.exitCode;
    },
    signal: (name) => void child.kill(name),
    signalGroup: (name) => {
      if (child.pid !== undefined && !isOver) process.kill(-child.pid, name);
    },
  };
}
