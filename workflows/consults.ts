import { isCancellation, proxyActivities } from '@temporalio/workflow';
import { ActivityFailure, TimeoutFailure } from '@temporalio/common';

import type { Activities } from '../activities/index.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import type { CommandQueue } from './command-queue.ts';
import { CONSULT_QUEUE } from './messages.ts';
import type { ConsultOutput, TicketInput } from './messages.ts';

/** A worker that stops beating is gone; another one asks again. */
const HEARTBEAT_TIMEOUT = '6 seconds';

/** A question that kills the worker which asks it kills no more than so many. */
const ATTEMPTS_MAX = 3;

/**
 * The question that this run has put to the assistant and not heard of yet. Its answer becomes a
 * command of the ticket's like any other; when none comes, the timer that the state asks for ends
 * the waiting, in this run or a later one.
 */
export class Consults {
  readonly #ticket: TicketInput;
  readonly #queue: CommandQueue;
  #asked = 0;
  #running = 0;

  constructor(ticket: TicketInput, queue: CommandQueue) {
    this.#ticket = ticket;
    this.#queue = queue;
  }

  get isIdle(): boolean {
    return this.#running === 0;
  }

  /** Asks what the log says is asked and this run has not asked yet, while there is time. */
  start({ assistant }: Ticket): void {
    if (assistant?.status !== 'asked' || assistant.seq === this.#asked) return;
    this.#asked = assistant.seq;
    const leftMs = Date.parse(assistant.until) - Date.now();
    if (leftMs > 0) void this.#run(assistant.seq, leftMs);
  }

  async #run(asked: number, leftMs: number): Promise<void> {
    this.#running += 1;
    const output = await answerOrNot(
      consultActivity(asked, leftMs).consult({ ...this.#ticket, asked }),
    );
    this.#running -= 1;
    if (output) this.#queue.own({ type: 'assisted', asked, ...output }, `assisted:${asked}`);
  }
}

/** Null when somebody cancelled this run by hand: the timer of its next one ends the waiting. */
async function answerOrNot(asking: Promise<ConsultOutput>): Promise<ConsultOutput | null> {
  try {
    return await asking;
  } catch (error) {
    if (isCancellation(error)) return null;
    const isLate = error instanceof ActivityFailure && error.cause instanceof TimeoutFailure;
    return { answer: null, why: isLate ? 'timed_out' : 'failed' };
  }
}

function consultActivity(asked: number, leftMs: number): Pick<Activities, 'consult'> {
  return proxyActivities<Pick<Activities, 'consult'>>({
    activityId: `consult-${asked}`,
    taskQueue: CONSULT_QUEUE,
    scheduleToCloseTimeout: leftMs,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { maximumAttempts: ATTEMPTS_MAX, initialInterval: '500 milliseconds' },
  });
}
