import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';

import type { Activities } from '../activities/index.ts';
import { nextDue } from '../domain/ticket/armed.ts';
import { fold } from '../domain/ticket/evolve.ts';
import { emptyTicket } from '../domain/ticket/ticket.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import { CommandQueue } from './command-queue.ts';
import { Consults } from './consults.ts';
import { openDoors } from './handlers.ts';
import type { RecordOutput, TicketInput } from './messages.ts';
import { Sends } from './sends.ts';
import { Timers } from './timers.ts';
import { Visibility } from './visibility.ts';

const { record } = proxyLocalActivities<Pick<Activities, 'record'>>({
  // One short transaction; only a database that is away makes it throw, so it is tried for ever.
  startToCloseTimeout: '40 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '5 seconds' },
});

/**
 * One ticket for as long as it lives. Commands are recorded one after the other; the record step
 * decides, and this run learns what happened, keeps the timers that the state asks for and starts
 * the sends and the questions that have begun. Its whole memory is a copy: it can be lost and
 * learnt again.
 */
export async function ticket(input: TicketInput): Promise<void> {
  let state = emptyTicket(input.number);
  const queue = new CommandQueue();
  const timers = new Timers(queue);
  const sends = new Sends(input, queue);
  const consults = new Consults(input, queue);
  const visibility = new Visibility();
  openDoors(queue, () => state);
  // Continued as new, or begun by an update that was refused at the door: nothing else would make
  // this run learn its ticket, or end when there is none.
  if (queue.isEmpty) queue.own({ type: 'sync' }, `sync:${workflowInfo().runId}`);

  const isIdle = () => queue.isEmpty && allHandlersFinished() && sends.isIdle && consults.isIdle;
  // A closed ticket may still have a mail on its way: a later answer's retry, a resend.
  const isOver = () => hasBegun && (state.seq === 0 || (state.closed && nextDue(state) === null));
  let hasBegun = false;

  for (;;) {
    if (queue.isEmpty) {
      await condition(() => !queue.isEmpty || (isIdle() && (isOver() || isLong())));
    }
    const next = queue.take();
    if (next) {
      const { command, from } = next;
      const output = await record({ ...input, command, from, knownSeq: state.seq });
      state = learn(state, output);
      hasBegun = true;
      timers.arm(state);
      sends.start(state);
      consults.start(state);
      visibility.show(state);
      next.settle(output.outcome);
    } else if (isIdle() && isOver()) {
      return;
    } else if (isIdle() && isLong()) {
      await continueAsNew<typeof ticket>(input);
    }
  }
}

/** The server knows best when a history has become too long to replay quickly. */
function isLong(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

function learn(state: Ticket, { news }: RecordOutput): Ticket {
  return 'ticket' in news ? news.ticket : fold(state, news.events);
}
