import { workflowInfo } from '@temporalio/workflow';

import { shortHash } from '../domain/ids.ts';
import type { Command, CommandBody, OutsideCommand } from '../domain/ticket/commands.ts';
import { parseCommand, plainText } from '../domain/ticket/parse-command.ts';
import type { RecordInput, RecordOutput } from './messages.ts';

export interface QueuedCommand {
  command: Command;
  from: RecordInput['from'];
  settle(outcome: RecordOutput['outcome']): void;
}

const nobodyWaits = (): void => undefined;

/** Longest name of an unknown signal that is repeated in a ticket's history. */
const NAME_LENGTH_MAX = 60;

/**
 * The ticket's commands, first come first served. Handlers put them in before any await, so that
 * their order is that of the run's history.
 */
export class CommandQueue {
  readonly #waiting: QueuedCommand[] = [];
  #signals = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  take(): QueuedCommand | undefined {
    return this.#waiting.shift();
  }

  /** A signal, ours or typed by hand: never refused here, what is wrong with it gets recorded. */
  signal(name: OutsideCommand, argument: unknown): void {
    const parsed = parseCommand(name, argument);
    const handMadeId = this.#handMadeId(argument);
    if ('malformed' in parsed) {
      this.#reject(name, parsed.malformed, handMadeId());
      return;
    }
    const { body, id, by } = parsed;
    this.#push({ ...body, id: id ?? handMadeId(), by }, 'signal', nobodyWaits);
  }

  unknownSignal(name: string, arguments_: unknown[]): void {
    const known = plainText(name, NAME_LENGTH_MAX);
    this.#reject(known, 'there is no signal of this name', this.#handMadeId(arguments_)());
  }

  /** An update whose caller waits for the outcome; its argument has passed the validator. */
  update(command: Command): Promise<RecordOutput['outcome']> {
    return new Promise((settle) => {
      this.#push(command, 'update', settle);
    });
  }

  /** A timer that fired, a send that ended: the desk's own commands, with ids that never change. */
  own(body: CommandBody, id: string): void {
    this.#push({ ...body, id, by: null }, 'desk', nobodyWaits);
  }

  #push(command: Command, from: RecordInput['from'], settle: QueuedCommand['settle']): void {
    this.#waiting.push({ command, from, settle });
  }

  #reject(name: string, reason: string, id: string): void {
    this.#push({ type: 'malformed', name, reason, id, by: null }, 'signal', nobodyWaits);
  }

  /** Two equal signals of one run are two commands; the same one, redelivered, is one. */
  #handMadeId(argument: unknown): () => string {
    this.#signals += 1;
    const place = this.#signals;
    return () => `${workflowInfo().runId}:${place}:${shortHash(textOf(argument))}`;
  }
}

/** Brackets nested some thousand deep can be read but not written. */
function textOf(argument: unknown): string {
  try {
    return JSON.stringify(argument) ?? 'nothing';
  } catch {
    return 'unwritable';
  }
}
