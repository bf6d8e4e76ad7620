import type { RatingScore } from '../ratings.ts';
import type { AssistantEventBody } from './assistant.ts';
import type { DeliveryOutcome } from './commands.ts';
import type { Actor, MessageKind, SolverKind, Then } from './ticket.ts';

/**
 * What happened to a ticket: ids and short facts, for ever. Content (mails, notes, names, reasons)
 * lies in tables of its own, so that erasing a customer leaves nothing here.
 */
export const reminderKinds = [
  'callback',
  'customer_replied',
  'invited',
  'mentioned',
  'assigned',
  'delivery_failed',
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

export type ExchangeSide = 'customer' | 'assistant';

export type EventBody =
  | {
      type: 'created';
      via: 'mail' | 'form' | 'compose' | 'deflect';
      mailbox: string;
      customer: string;
      team: string | null;
      subject: string;
      followUpOf: number | null;
    }
  /** `imported`: it comes from an archive, and moved nothing when it came. */
  | { type: 'received'; mail: string; message: string; automatic: boolean; imported?: true }
  | { type: 'composed'; agent: string }
  /** Said in the support module before there was a ticket; no mail. */
  | { type: 'exchanged'; message: string; side: ExchangeSide }
  | { type: 'deflected'; exchange: string; closeAt: string }
  | { type: 'claimed'; agent: string; from: string | null }
  | { type: 'assigned'; agent: string; from: string | null }
  | { type: 'released'; from: string | null }
  /** `agent`: who set it, whom it will remind; the timer that ends an undo wait is nobody. */
  | { type: 'pended'; until: string; reason: string | null; agent: string | null }
  | { type: 'resumed'; why: 'agent' | 'callback' | 'customer' | 'delivery'; due: string | null }
  | { type: 'callbackCancelled'; due: string; why: 'solved' | 'released' }
  | { type: 'autoSolveSet'; due: string }
  | { type: 'autoSolveCancelled'; due: string; why: 'agent' | 'customer' | 'solved' }
  | { type: 'autoSolveDeferred'; until: string }
  | {
      type: 'solved';
      kind: SolverKind;
      agent: string | null;
      summary: boolean;
      summarySkipped: 'automatic_sender' | 'too_many' | 'no_address' | null;
      closeAt: string;
    }
  | { type: 'reopened'; why: 'customer' | 'agent' | 'reply' | 'delivery'; owner: string | null }
  | { type: 'closed' }
  | { type: 'followedUp'; ticket: number; mail: string }
  | { type: 'invited'; agent: string }
  | { type: 'uninvited'; agent: string }
  | { type: 'teamChanged'; team: string | null; from: string | null }
  | { type: 'labelled'; label: string }
  | { type: 'unlabelled'; label: string }
  | { type: 'noted'; note: string }
  | { type: 'renamed'; subject: string }
  /** `agent`, `team`: whose help it was when it was rated. */
  | {
      type: 'rated';
      rating: string;
      score: RatingScore;
      agent: string | null;
      team: string | null;
    }
  | {
      type: 'queued';
      message: string;
      kind: MessageKind;
      writer: string | null;
      /** When it leaves; null = at once. */
      leaveAt: string | null;
      later: boolean;
      dropIfCustomerWrites: boolean;
      then: Then | null;
      /** For mails that the desk writes: the last event that they tell of. */
      upTo: number | null;
      /** For reminders: the agent that it goes to. */
      to: string | null;
    }
  | { type: 'sendStarted'; message: string; kind: MessageKind; attempt: number }
  | {
      type: 'sendCancelled';
      message: string;
      leaveAt: string | null;
      why: 'agent' | 'customer' | 'solved';
    }
  | { type: 'sendMoved'; message: string; leaveAt: string }
  | {
      type: 'delivery';
      message: string;
      kind: MessageKind;
      outcome: DeliveryOutcome;
      attempt: number;
      next: string | null;
    }
  | { type: 'reminded'; kind: ReminderKind; agents: string[]; message: string | null }
  | AssistantEventBody
  /** An automatic mail that was not sent, since its reader got `lately` of them in an hour. */
  | { type: 'answerHeld'; kind: 'acknowledgement' | 'assistant'; lately: number }
  | { type: 'rejected'; name: string; code: string; reason: string };

export type EventType = EventBody['type'];

/** An event as the log keeps it. `command` is the id of the command that led to it. */
export type TicketEvent = EventBody & {
  seq: number;
  at: string;
  by: Actor;
  command: string;
};

export type EventOf<T extends TicketEvent['type']> = Extract<TicketEvent, { type: T }>;
