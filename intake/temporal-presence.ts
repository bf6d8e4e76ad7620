import type { Client } from '@temporalio/client';

import { refused } from '../domain/errors.ts';
import { grpcCodeOf, isNotReached } from './grpc-errors.ts';

/** Commands are answered long before; one that is not makes us ask whether Temporal is there. */
const SLOW_AFTER_MS = 500;

/** A server that answers nothing within this, not even that it is there, is away. */
const LOOK_TIMEOUT_MS = 2_000;

/** How long nobody is made to wait for a server that was found away; then somebody tries. */
const AWAY_FOR_MS = 3_000;

/**
 * Whether Temporal is there, as this process knows it: only the first who asks waits to find out,
 * and those who come while it is away are refused at once. A command that waits for a worker is no
 * sign, so the server itself is asked.
 */
export class TemporalPresence {
  readonly #client: Client;
  #awayUntil = 0;
  #looking: Promise<boolean> | null = null;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Runs a call that may wait until `deadline` (ms since 1970) as long as Temporal is there.
   * @throws RefusedError `unavailable` when it is away; the call may still be made
   */
  async call<T>(deadline: number, make: () => Promise<T>): Promise<T> {
    if (Date.now() < this.#awayUntil) {
      // Refused, but the look it causes ends the outage for the next one.
      void this.#isThere();
      throw unavailable();
    }
    let timer: NodeJS.Timeout | undefined;
    const away = new Promise<never>((_resolve, reject) => {
      const look = async () => {
        if (!(await this.#isThere())) reject(unavailable());
      };
      timer = setTimeout(() => void look(), SLOW_AFTER_MS);
    });
    try {
      return await Promise.race([this.#client.withDeadline(deadline, make), away]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** One look at a time, for all who want to know. */
  #isThere(): Promise<boolean> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<boolean> {
    const client = this.#client;
    try {
      await client.withDeadline(Date.now() + LOOK_TIMEOUT_MS, () =>
        client.workflowService.getSystemInfo({}),
      );
    } catch (error) {
      // Any other answer is an answer.
      if (grpcCodeOf(error) === null || isNotReached(error)) {
        this.#awayUntil = Date.now() + AWAY_FOR_MS;
        return false;
      }
    }
    this.#awayUntil = 0;
    return true;
  }
}

export function unavailable() {
  return refused(
    'unavailable',
    'The workflow service does not answer in time. What you asked may still happen; ask again ' +
      'with the same Idempotency-Key, and it happens once.',
  );
}
