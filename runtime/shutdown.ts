import { isSupervised } from './config.ts';
import type { Logger } from './logger.ts';
import { StartError } from './start-error.ts';

/** A drain that has not ended by then is left behind; a send attempt must fit (SMTP commands). */
const DRAIN_MS_MAX = 15_000;
/** Nobody waits for us any more: end before a successor takes the ports. */
const ORPHAN_DRAIN_MS_MAX = 3_000;
/** Sockets that nobody closed may hold the process after the drains; it has nothing left to do. */
const EXIT_GRACE_MS = 500;
/** npm and the terminal both deliver one Ctrl-C; a later second one is a person in a hurry. */
const SAME_REQUEST_MS = 2_000;

type Drain = () => unknown;

export interface Shutdown {
  /** Registers a step of stopping. Steps run one after the other in the order of registration. */
  add(name: string, drain: Drain): void;
  /** Aborted at the first wish to stop: for loops and waits. */
  readonly signal: AbortSignal;
  /** Begins to stop (again: no-op); settles when every step ended or ran out of time. */
  stop(reason: string): Promise<void>;
}

export interface ShutdownOptions {
  log: Logger;
  /** Obey the pipe on standard input (default: POSTKEEP_SUPERVISED=1). */
  supervised?: boolean;
  /** All steps together; what is not done by then is abandoned. */
  drainMsMax?: number;
}

/**
 * Makes this process end well: SIGTERM, SIGINT, or the end of its supervisor runs the registered
 * steps in order within a bound, then the process ends with `process.exitCode` (0 by default).
 *
 * A supervised process ignores SIGINT, because Ctrl-C reaches the whole process group while the
 * supervisor alone knows the order; it takes the end of standard input, and of the IPC channel, as
 * its supervisor's death.
 */
export function installShutdown(options: ShutdownOptions): Shutdown {
  const { log } = options;
  const supervised = options.supervised ?? isSupervised();
  const drains: { name: string; drain: Drain }[] = [];
  const aborter = new AbortController();
  let running: Promise<void> | null = null;
  let askedAtMs = 0;

  const stop = (reason: string, drainMsMax = options.drainMsMax ?? DRAIN_MS_MAX) => {
    if (running === null) {
      askedAtMs = Date.now();
      log.info({ reason }, 'stopping');
      aborter.abort(reason);
      running = runDrains(log, drains, Date.now() + drainMsMax).then(() => endSoon(log));
    }
    return running;
  };
  const onSignal = (name: string) => {
    if (running !== null && Date.now() - askedAtMs > SAME_REQUEST_MS) {
      log.warn({ signal: name }, 'asked twice: ending without waiting');
      process.exit(1);
    }
    void stop(name);
  };

  process.on('SIGTERM', () => onSignal('SIGTERM'));
  process.on('SIGINT', () => (supervised ? undefined : onSignal('SIGINT')));
  process.on('SIGHUP', () => (supervised ? undefined : onSignal('SIGHUP')));
  if (supervised) obeySupervisor(() => void stop('supervisor ended', ORPHAN_DRAIN_MS_MAX));
  return {
    add: (name, drain) => void drains.push({ name, drain }),
    signal: aborter.signal,
    stop: (reason) => stop(reason),
  };
}

/**
 * Runs a process' main function: a wrong setting ends it with one plain message, any other error
 * with a logged one, both with exit code 1.
 */
export async function runProcess(log: Logger, main: () => Promise<unknown>): Promise<void> {
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'a promise failed that nobody waits for');
    process.exit(1);
  });
  try {
    await main();
  } catch (error) {
    if (error instanceof StartError) log.fatal(error.message);
    else log.fatal({ err: error }, 'could not start');
    process.exitCode = 1;
    endSoon(log);
  }
}

async function runDrains(
  log: Logger,
  drains: readonly { name: string; drain: Drain }[],
  deadlineMs: number,
): Promise<void> {
  for (const { name, drain } of drains) {
    const leftMs = Math.max(0, deadlineMs - Date.now());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), leftMs);
    });
    try {
      const outcome = await Promise.race([Promise.resolve().then(drain), late]);
      if (outcome === 'late') log.warn({ step: name }, 'gave up waiting for a step of stopping');
    } catch (error) {
      log.error({ err: error, step: name }, 'a step of stopping failed');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Lets the event loop run empty, and ends the process when something still holds it. */
function endSoon(log: Logger): void {
  setTimeout(() => {
    log.debug('ending although something still holds the process');
    process.exit();
  }, EXIT_GRACE_MS).unref();
}

/** Neither the pipe nor the channel may keep a process alive that has nothing left to do. */
function obeySupervisor(onEnd: () => void): void {
  process.stdin.on('end', onEnd).on('close', onEnd).on('error', onEnd);
  process.stdin.resume();
  process.stdin.unref();
  process.on('disconnect', onEnd);
  process.channel?.unref();
}
