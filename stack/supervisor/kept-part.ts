import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../runtime/logger.ts';
import type { PartName } from '../../runtime/run-file.ts';
import { createBackoff } from './backoff.ts';
import type { RunningPart } from './running-part.ts';

export interface PartDefinition {
  name: PartName;
  /** Starts it and resolves when it is ready; gives up when the signal is aborted. */
  start: (signal: AbortSignal) => Promise<RunningPart>;
}

export interface KeptPart {
  readonly name: PartName;
  /** null between two lives. */
  running(): RunningPart | null;
  /** Ends it; it is started again at once. */
  restart(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

export interface KeepOptions {
  log: Logger;
  /** Aborted: no start any more. `stop` ends what runs. */
  signal: AbortSignal;
  /** Called after every start and end. */
  onChange: () => void;
}

/**
 * Starts a part, and again whenever it ends. Resolves when it is ready for the first time.
 * @throws when the first start fails: then something is wrong that waiting does not mend
 */
export async function keepRunning(part: PartDefinition, options: KeepOptions): Promise<KeptPart> {
  const { log, onChange } = options;
  const aborter = new AbortController();
  const signal = AbortSignal.any([aborter.signal, options.signal]);
  let current: RunningPart | null = await part.start(signal);
  let restarting = false;
  onChange();
  const loop = (async () => {
    const backoff = createBackoff();
    let startedMs = Date.now();
    while (!signal.aborted) {
      if (current !== null) {
        const how = await current.exited;
        current = null;
        onChange();
        if (signal.aborted) return;
        if (!restarting) log.warn({ part: part.name, how }, 'a part has ended; starting it again');
      }
      if (!restarting) await pause(backoff(Date.now() - startedMs), signal);
      restarting = false;
      startedMs = Date.now();
      current = await startAgain(part, log, signal);
      if (current !== null) onChange();
    }
    await current?.stop();
  })();
  return {
    name: part.name,
    running: () => current,
    restart: async () => {
      restarting = true;
      await current?.stop();
    },
    stop: async () => {
      aborter.abort();
      await current?.stop();
      await loop;
    },
  };
}

async function startAgain(
  part: PartDefinition,
  log: Logger,
  signal: AbortSignal,
): Promise<RunningPart | null> {
  if (signal.aborted) return null;
  try {
    const running = await part.start(signal);
    log.info({ part: part.name, pid: running.pid }, 'started again');
    return running;
  } catch (error) {
    if (!signal.aborted) log.error({ part: part.name, err: error }, 'could not be started again');
    return null;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
