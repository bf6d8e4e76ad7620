import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

import { armedTimers, dueCommand, timerKey } from '../domain/ticket/armed.ts';
import type { ArmedTimer } from '../domain/ticket/armed.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import type { CommandQueue } from './command-queue.ts';

/** Waits at least this long before a timer that fired without effect fires again. */
const AGAIN_AFTER_MS = 1_000;

/** The durable timers of one run: always those that the state says, no more and no fewer. */
export class Timers {
  readonly #queue: CommandQueue;
  readonly #running: { [key: string]: CancellationScope } = {};
  #fired: { [key: string]: true } = {};

  constructor(queue: CommandQueue) {
    this.#queue = queue;
  }

  arm(ticket: Ticket): void {
    const wanted = new Set<string>();
    for (const timer of armedTimers(ticket)) {
      const key = timerKey(timer);
      wanted.add(key);
      if (!this.#running[key]) this.#start(key, timer);
    }
    for (const [key, scope] of Object.entries(this.#running)) {
      if (wanted.has(key)) continue;
      delete this.#running[key];
      scope.cancel();
    }
    this.#fired = Object.fromEntries(
      Object.entries(this.#fired).filter(([key]) => wanted.has(key)),
    );
  }

  #start(key: string, timer: ArmedTimer): void {
    const leastMs = this.#fired[key] ? AGAIN_AFTER_MS : 0;
    const waitMs = Math.max(Date.parse(timer.at) - Date.now(), leastMs);
    const scope = new CancellationScope();
    this.#running[key] = scope;
    void scope.run(async () => {
      try {
        await sleep(waitMs);
      } catch (error) {
        if (isCancellation(error)) return;
        throw error;
      }
      delete this.#running[key];
      this.#fired[key] = true;
      this.#queue.own(dueCommand(timer), key);
    });
  }
}
