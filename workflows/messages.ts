import type { Refusal } from '../domain/errors.ts';
import type { NoAnswerReason } from '../domain/ticket/assistant.ts';
import type { Command, OutsideCommand } from '../domain/ticket/commands.ts';
import type { TicketEvent } from '../domain/ticket/events.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';

/** Everything that crosses a process border by Temporal. Plain JSON: ids and short facts. */

export const TICKET_WORKFLOW = 'ticket';
export const TICKET_QUEUE = 'postkeep';
export const SEND_QUEUE = 'postkeep-send';
/** Of its own: a model that thinks long keeps no mail waiting. */
export const CONSULT_QUEUE = 'postkeep-consult';

/** All that a run is told; the rest it learns from the log with its first command. */
export interface TicketInput {
  company: string;
  number: number;
}

/** What a signal or update carries: the command's fields with an optional id and actor. */
export interface CommandArgument {
  id?: string;
  by?: string | null;
  [field: string]: unknown;
}

/** What an update answers with when it was not refused: the events that it led to. */
export interface CommandAnswer {
  seq: number;
  events: TicketEvent[];
}

/** One call of the `record` local activity. */
export interface RecordInput extends TicketInput {
  command: Command;
  /** The newest event that the workflow knows; newer ones come back. */
  knownSeq: number;
  /** Signals leave a trace when refused; an update's caller is told instead. */
  from: 'signal' | 'update' | 'desk';
}

/** What `record` answers: how the log goes on, and the command's own outcome. */
export interface RecordOutput {
  seq: number;
  /** The events after `knownSeq`, or the whole state when they are many. */
  news: { events: TicketEvent[] } | { ticket: Ticket };
  outcome: { events: TicketEvent[] } | { refusal: Refusal };
}

/** One call of the `send` activity: one attempt at one mail. */
export interface SendInput extends TicketInput {
  message: string;
  attempt: number;
}

export interface SendOutput {
  outcome: 'sent' | 'deferred' | 'failed' | 'uncertain';
  /** Nothing was handed over because the worker was lost: the next attempt need not wait. */
  atOnce: boolean;
}

/** One call of the `consult` activity: the question that an event put to the assistant. */
export interface ConsultInput extends TicketInput {
  asked: number;
}

export interface ConsultOutput {
  /** Id of the answer that is kept; null with `why` not. */
  answer: string | null;
  why: NoAnswerReason | null;
}

/** The names of updates are those of the commands, and so are the signals'. */
export type UpdateName = OutsideCommand;

/** Search attributes by name; the worker registers missing ones. Ids and states only. */
export const searchAttributes = {
  TicketState: 'KEYWORD',
  TicketTeam: 'KEYWORD',
  TicketOwner: 'KEYWORD',
  TicketNumber: 'INT',
  CallbackAt: 'DATETIME',
  AutoSolveAt: 'DATETIME',
} as const;
