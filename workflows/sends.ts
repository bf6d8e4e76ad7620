import { isCancellation, proxyActivities, sleep } from '@temporalio/workflow';

import type { Activities } from '../activities/index.ts';
import { sendAttemptId } from '../domain/ids.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import type { CommandQueue } from './command-queue.ts';
import { SEND_QUEUE } from './messages.ts';
import type { SendInput, TicketInput } from './messages.ts';

/** Longer than all limits of one SMTP conversation together (mail/limits.ts). */
const ATTEMPT_TIMEOUT = '6 minutes';

/** A worker that stops beating is gone; the attempt's row says what it had done. */
const HEARTBEAT_TIMEOUT = '15 seconds';

/** Wait before asking again for an attempt whose worker was lost. */
const ASK_AGAIN_AFTER = '5 seconds';

/**
 * The attempts to send that run now. One activity is one attempt and is never retried by Temporal:
 * a lost one is asked for again, and its own row knows whether anything left (durability.md, 13).
 */
export class Sends {
  readonly #ticket: TicketInput;
  readonly #queue: CommandQueue;
  #launched: { [attempt: string]: true } = {};
  #running = 0;

  constructor(ticket: TicketInput, queue: CommandQueue) {
    this.#ticket = ticket;
    this.#queue = queue;
  }

  get isIdle(): boolean {
    return this.#running === 0;
  }

  /** Starts what the log says has begun and this run has not started yet. */
  start(ticket: Ticket): void {
    const launched: { [attempt: string]: true } = {};
    for (const [message, send] of Object.entries(ticket.sends)) {
      if (send.state !== 'sending') continue;
      const id = sendAttemptId(message, send.attempt);
      launched[id] = true;
      if (!this.#launched[id]) void this.#run(id, message, send.attempt);
    }
    this.#launched = launched;
  }

  async #run(activityId: string, message: string, attempt: number): Promise<void> {
    const input: SendInput = { ...this.#ticket, message, attempt };
    this.#running += 1;
    for (;;) {
      try {
        const { outcome, atOnce } = await sendActivity(activityId).send(input);
        this.#running -= 1;
        const id = `${activityId}:${outcome}`;
        this.#queue.own({ type: 'delivery', message, outcome, attempt, atOnce }, id);
        return;
      } catch {
        if (!(await waited())) return;
      }
    }
  }
}

/** False when somebody cancelled this run by hand: the ticket's next one asks for the attempt. */
async function waited(): Promise<boolean> {
  try {
    await sleep(ASK_AGAIN_AFTER);
    return true;
  } catch (error) {
    if (isCancellation(error)) return false;
    throw error;
  }
}

function sendActivity(activityId: string): Pick<Activities, 'send'> {
  return proxyActivities<Pick<Activities, 'send'>>({
    activityId,
    taskQueue: SEND_QUEUE,
    startToCloseTimeout: ATTEMPT_TIMEOUT,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { maximumAttempts: 1 },
  });
}
