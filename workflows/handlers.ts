import { ApplicationFailure } from '@temporalio/common';
import {
  currentUpdateInfo,
  defineQuery,
  defineSignal,
  defineUpdate,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';

import type { Refusal } from '../domain/errors.ts';
import { outsideCommands } from '../domain/ticket/commands.ts';
import type { Command, OutsideCommand } from '../domain/ticket/commands.ts';
import { isOutsideCommand, parseCommand } from '../domain/ticket/parse-command.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import type { CommandQueue } from './command-queue.ts';
import type { CommandAnswer } from './messages.ts';

/** Opens the ticket's doors: every command as a signal and as an update, and the query `state`. */
export function openDoors(queue: CommandQueue, current: () => Ticket): void {
  // First, because it gets the signals that came before the run in their order; a handler for one
  // name would take those of its name out of the row.
  setDefaultSignalHandler((name, ...arguments_) => {
    if (isOutsideCommand(name)) queue.signal(name, arguments_[0]);
    else queue.unknownSignal(name, arguments_);
  });
  for (const name of outsideCommands) {
    setHandler(defineSignal<[unknown]>(name), (argument) => queue.signal(name, argument));
    setHandler(
      defineUpdate<CommandAnswer, [unknown]>(name),
      (argument) => answer(queue, current, name, argument),
      // A validator must be synchronous: the SDK does not wait for it.
      { validator: (argument) => void readUpdate(name, argument) },
    );
  }
  setHandler(defineQuery<Ticket>('state'), current);
}

async function answer(
  queue: CommandQueue,
  current: () => Ticket,
  name: OutsideCommand,
  argument: unknown,
): Promise<CommandAnswer> {
  // The update's own id stays the same when a lost workflow task is done again.
  const command = readUpdate(name, argument, currentUpdateInfo()?.id);
  const outcome = await queue.update(command);
  if ('refusal' in outcome) throw failure(outcome.refusal);
  return { seq: current().seq, events: outcome.events };
}

function readUpdate(name: OutsideCommand, argument: unknown, updateId = ''): Command {
  const parsed = parseCommand(name, argument);
  if ('malformed' in parsed) {
    throw failure({ code: 'validation', message: parsed.malformed });
  }
  const { body, id, by } = parsed;
  return { ...body, id: id ?? `update:${updateId}`, by };
}

/** A refusal is an answer, not a fault: it fails the update and never the workflow. */
function failure(refusal: Refusal): ApplicationFailure {
  const { code, message, details } = refusal;
  return ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: true,
    ...(details === undefined ? {} : { details: [details] }),
  });
}
