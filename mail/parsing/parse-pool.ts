import { fileURLToPath } from 'node:url';
import {
  PARSERS,
  PARSERS_MAX,
  PARSE_MEMORY_MB_MAX,
  PARSE_MS_MAX,
  PARSE_WAIT_MS,
} from '../limits.ts';
import type { ParseTask, Spooled } from './parse-task.ts';
import { type ParserProcess, startParser } from './parser-process.ts';

export interface ParsePool {
  /**
   * @throws ParserStoppedError when the mail took more time or memory than any mail may
   * @throws Error when its file cannot be read, its files cannot be written, or somebody else
   *   ended the parser: it may be tried again
   */
  parse(task: ParseTask): Promise<Spooled>;
  /** Begins a parser, so that the first mail need not wait for one. */
  warm(): void;
  /** Ends all parsers; mails that are being parsed are refused, to be tried again. */
  stop(): void;
}

export interface ParseLimits {
  /** Parsers when all is well. */
  parsers?: number;
  /** Parsers when mails wait because others take long. */
  parsersMax?: number;
  timeMs?: number;
  memoryMb?: number;
  /** Another program, for tests. */
  program?: string;
}

interface Waiting {
  task: ParseTask;
  taken: (mail: Promise<Spooled>) => void;
}

const PROGRAM = fileURLToPath(new URL('./parse-child.ts', import.meta.url));

/**
 * Processes that parse one mail each at a time, made when they are needed: a thread that runs out
 * of memory may take its process with it, a process takes nobody. A mail that takes too much costs
 * its parser; the next mail has another, made at once when all of them are busy for long.
 */
export function createParsePool(limits: ParseLimits = {}): ParsePool {
  const { parsers: usual = PARSERS, parsersMax = PARSERS_MAX, program = PROGRAM } = limits;
  const { timeMs = PARSE_MS_MAX, memoryMb = PARSE_MEMORY_MB_MAX } = limits;
  const parsers = new Set<ParserProcess>();
  const waiting: Waiting[] = [];
  let patience: NodeJS.Timeout | undefined;

  function next(): void {
    for (const parser of parsers) {
      const first = parser.isBusy() ? undefined : waiting.shift();
      first?.taken(parser.parse(first.task));
    }
    if (waiting.length > 0 && parsers.size < usual) addParser();
    patience ??= setTimeout(addToSlowOnes, PARSE_WAIT_MS).unref();
  }

  /** When each parser has been busy with one mail for long, the next mail gets another. */
  function addToSlowOnes(): void {
    patience = undefined;
    const slow = [...parsers].filter((parser) => parser.busyMs() >= PARSE_WAIT_MS);
    if (slow.length > 0 && slow.length === parsers.size && slow.length < parsersMax) addParser();
    else if ([...parsers].some((parser) => parser.isBusy())) next();
  }

  function addParser(): void {
    const onEnd = (parser: ParserProcess): void => {
      parsers.delete(parser);
      next();
    };
    parsers.add(startParser({ program, timeMs, memoryMb, onFree: next, onEnd }));
    next();
  }

  return {
    parse: (task) =>
      new Promise((taken) => {
        waiting.push({ task, taken });
        next();
      }),
    warm() {
      if (parsers.size === 0) addParser();
    },
    stop() {
      clearTimeout(patience);
      const ended = new Error('The parsers are stopped; the mail will be parsed later.');
      for (const { taken } of waiting.splice(0)) taken(Promise.reject(ended));
      for (const parser of [...parsers]) parser.end(ended);
    },
  };
}

let shared: ParsePool | null = null;

/** The parsers of this process. */
export function ownParsers(): ParsePool {
  shared ??= createParsePool();
  return shared;
}

/** Parses a mail by the parsers of this process, which begin with its first mail or before. */
export function parseApart(task: ParseTask): Promise<Spooled> {
  return ownParsers().parse(task);
}
