import { setTimeout as sleep } from 'node:timers/promises';
import { reachableHost } from '../../runtime/config.ts';
import { type GuardedProgram, startGuarded } from '../guard/guarded-program.ts';
import { openLogFile, tailOf } from '../supervisor/log-file.ts';
import { namespaceAnswers } from './readiness.ts';
import { StartError } from '../../runtime/start-error.ts';

export interface TemporalOptions {
  program: string;
  host: string;
  port: number;
  /** null: no web interface. */
  uiPort: number | null;
  namespace: string;
  /** null: in memory, gone with the process. */
  databaseFile: string | null;
  logFile: string;
  /** A throw-away folder that the guard removes at the end; null: none. */
  removeAfter: string | null;
  /** Settings of the server itself, for tests that need a limit within reach. */
  dynamicConfig?: Readonly<Record<string, number>>;
}

export interface TemporalServer extends GuardedProgram {
  address: string;
  uiUrl: string | null;
}

/** contract.md, "Temporal". */
export const SEARCH_ATTRIBUTES = {
  TicketState: 'Keyword',
  TicketTeam: 'Keyword',
  TicketOwner: 'Keyword',
  TicketNumber: 'Int',
  CallbackAt: 'Datetime',
  AutoSolveAt: 'Datetime',
} as const;

/** Twice as fast as SQLite's defaults; a lost machine may lose the last moments, not the file. */
const PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'];

const READY_MS_MAX = 60_000;
const POLL_MS = 50;
/** Its orderly stop waits for nothing that we need. */
const STOP_MS_MAX = 5_000;

/**
 * Starts Temporal's dev server under its guard; resolves when its namespace answers.
 * @throws with the server's own last words when it does not come up
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const service = await startGuarded(
    {
      program: options.program,
      args: argumentsOf(options),
      env: {},
      user: null,
      stopSignal: 'SIGTERM',
      stopMsMax: STOP_MS_MAX,
      removeAfter: options.removeAfter,
    },
    openLogFile(options.logFile),
  );
  const host = reachableHost(options.host);
  const address = `${host}:${options.port}`;
  let ended: string | null = null;
  void service.exited.then((how) => {
    ended = how;
  });
  const deadlineMs = Date.now() + READY_MS_MAX;
  while (!(await namespaceAnswers(address, options.namespace))) {
    if (ended !== null || Date.now() > deadlineMs) {
      await service.stop();
      const trouble = ended ?? `no answer within ${READY_MS_MAX / 1_000} s`;
      const words = tailOf(options.logFile);
      throw new StartError(`Temporal did not start: ${trouble}. Its last words:\n${words}`);
    }
    await sleep(POLL_MS);
  }
  const uiUrl = options.uiPort === null ? null : `http://${host}:${options.uiPort}`;
  return { ...service, address, uiUrl };
}

function argumentsOf(options: TemporalOptions): string[] {
  const pairs: [string, string][] = [
    ['--ip', options.host],
    ['--port', String(options.port)],
    ['--namespace', options.namespace],
    ['--log-level', 'warn'],
  ];
  if (options.uiPort !== null) pairs.push(['--ui-port', String(options.uiPort)]);
  if (options.databaseFile !== null) pairs.push(['--db-filename', options.databaseFile]);
  for (const pragma of PRAGMAS) pairs.push(['--sqlite-pragma', pragma]);
  for (const [name, value] of Object.entries(options.dynamicConfig ?? {})) {
    pairs.push(['--dynamic-config-value', `${name}=${value}`]);
  }
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) {
    pairs.push(['--search-attribute', `${name}=${type}`]);
  }
  const headless = options.uiPort === null ? ['--headless'] : [];
  return ['server', 'start-dev', ...pairs.flat(), ...headless];
}
