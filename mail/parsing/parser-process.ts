import { fork } from 'node:child_process';
import { PARSER_IDLE_MS } from '../limits.ts';
import {
  type ParseAnswer,
  type ParseTask,
  ParserStoppedError,
  type Spooled,
} from './parse-task.ts';

/** A process that parses one mail at a time. */
export interface ParserProcess {
  isBusy(): boolean;
  /** For how long it has had its mail; 0 without one, and while the process begins. */
  busyMs(): number;
  /** @throws see ParsePool.parse */
  parse(task: ParseTask): Promise<Spooled>;
  /** Ends it; the mail in hand is refused with the error. */
  end(error: Error): void;
}

interface ParserSettings {
  program: string;
  timeMs: number;
  memoryMb: number;
  /** It has answered, and takes the next mail. */
  onFree: () => void;
  /** It is gone, for whatever reason. Called once. */
  onEnd: (parser: ParserProcess) => void;
}

interface Job {
  resolve: (mail: Spooled) => void;
  reject: (error: Error) => void;
}

/** The environment holds passwords, and what reads strangers' mail needs none. */
const NOTHING = {};

export function startParser(settings: ParserSettings): ParserProcess {
  const { program, timeMs, memoryMb, onFree, onEnd } = settings;
  const child = fork(program, {
    env: NOTHING,
    execArgv: [`--max-old-space-size=${memoryMb}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let job: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;
  let begunMs = 0;
  let isEnded = false;

  function end(error: Error): void {
    if (isEnded) return;
    isEnded = true;
    clearTimeout(timer);
    child.kill('SIGKILL');
    job?.reject(error);
    onEnd(parser);
  }

  function answer(said: ParseAnswer): void {
    if ('ready' in said) {
      isReady = true;
      begunMs = performance.now();
      return;
    }
    clearTimeout(timer);
    const asked = job;
    job = null;
    // An idle parser keeps no process alive.
    child.unref();
    child.channel?.unref();
    timer = setTimeout(() => end(new Error('The parser was idle.')), PARSER_IDLE_MS).unref();
    if ('mail' in said) asked?.resolve(said.mail);
    else asked?.reject(new Error(`A mail could not be parsed: ${said.error}`));
    onFree();
  }

  const parser: ParserProcess = {
    isBusy: () => job !== null,
    busyMs: () => (job === null || !isReady ? 0 : performance.now() - begunMs),
    parse: (task) =>
      new Promise((resolve, reject) => {
        clearTimeout(timer);
        job = { resolve, reject };
        begunMs = performance.now();
        child.ref();
        child.channel?.ref();
        const tooLong = `parsing it took more than ${timeMs / 1_000} seconds`;
        timer = setTimeout(() => end(new ParserStoppedError(tooLong)), timeMs);
        child.send(task, (error) => error && end(error));
      }),
    end,
  };
  child.on('message', answer);
  child.on('error', end);
  child.on('exit', (code, signal) => end(whyEnded(code, signal, memoryMb)));
  child.unref();
  child.channel?.unref();
  return parser;
}

/** V8 aborts when its heap is full. Other signals come from outside and tell nothing of a mail. */
function whyEnded(code: number | null, signal: string | null, memoryMb: number): Error {
  if (signal === 'SIGABRT') {
    return new ParserStoppedError(`parsing it took more than ${memoryMb} MB of memory`);
  }
  if (signal !== null && signal !== 'SIGSEGV') {
    return new Error(`A parser was ended by ${signal}; the mail will be parsed again.`);
  }
  return new ParserStoppedError(`its parser broke down (${signal ?? `exit code ${code}`})`);
}
