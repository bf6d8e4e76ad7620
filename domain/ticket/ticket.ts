import type { Assistant } from './assistant.ts';

/** The state of one ticket: what its events add up to. Plain JSON, so that it travels anywhere. */

export const ticketStates = ['new', 'open', 'pending', 'solved'] as const;
export type TicketState = (typeof ticketStates)[number];

/** Raised whenever `evolve` reads old events differently; rows with another version fold anew. */
export const TICKET_VERSION = 4;

/** Who did it. Only agents are named; a customer is the ticket's own. */
export type Actor =
  | { kind: 'agent'; id: string }
  | { kind: 'customer' }
  | { kind: 'operations' }
  | { kind: 'assistant' }
  | { kind: 'timer' }
  | { kind: 'desk' };

export const solverKinds = ['agent', 'assistant', 'auto', 'customer', 'operations'] as const;
export type SolverKind = (typeof solverKinds)[number];

/** What agents or the desk send. Only `reply` and `compose` are an agent's own words. */
export const messageKinds = [
  'reply',
  'compose',
  'acknowledgement',
  'summary',
  'assistant',
  'link',
  'reminder',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What is to follow when a reply's undo seconds are over. */
export type Then =
  { pend: { until: string; reason: string | null } } | { solve: { summary: boolean } };

/** A mail that has not settled: it waits (undo, later), is being sent, or is tried again later. */
export interface Send {
  state: 'waiting' | 'sending' | 'deferred';
  kind: MessageKind;
  writer: string | null;
  /** When it leaves or is tried again, ISO 8601; null while it is being sent. */
  at: string | null;
  attempt: number;
  /** When its first attempt began; retries end two days after. */
  since: string | null;
  /** When the running attempt began. */
  startedAt: string | null;
  /** True for "send later", false for the seconds of undo. */
  later: boolean;
  dropIfCustomerWrites: boolean;
  then: Then | null;
  /** When the customer first wrote while it waited: it cannot be an answer to that. */
  overtakenAt: string | null;
  /** The event that queued it. */
  seq: number;
}

export interface Answer {
  message: string;
  /** Since when the customer had waited for it; null when nobody had. */
  waited: string | null;
  /** It failed or bounced, and the turn came back to us for that alone. */
  lost: boolean;
}

export interface Ticket {
  /** The human number, unique in its company. */
  number: number;
  seq: number;
  state: TicketState;
  closed: boolean;
  owner: string | null;
  participants: string[];
  team: string | null;
  labels: string[];
  mailbox: string | null;
  customer: string | null;
  /** Id of the subject's text. */
  subject: string | null;
  followUpOf: number | null;
  callback: { at: string; by: string | null; reason: string | null; seq: number } | null;
  autoSolve: { at: string; by: string | null; due: string; seq: number } | null;
  close: { at: string; seq: number } | null;
  sends: { [message: string]: Send };
  /** Since when the customer waits for a person's answer; null when it is the customer's turn. */
  waitingSince: string | null;
  /** The newest event that an agent has to have seen before answering. */
  lastCustomerSeq: number;
  lastReply: { seq: number; writer: string | null } | null;
  /** What our side said last, until the customer writes: the turn goes by whether it arrives. */
  answer: Answer | null;
  /** The newest message that counts as activity: its snippet shows in lists. */
  lastMessage: string | null;
  lastMessageAt: string | null;
  createdAt: string | null;
  solved: { at: string; kind: SolverKind; agent: string | null } | null;
  /** Null for a ticket that never asked it. */
  assistant: Assistant | null;
  /** The customer's newest rating, and whose help it was; null for none. */
  rating: { id: string; agent: string | null; team: string | null } | null;
}

const unborn: Omit<Ticket, 'number'> = {
  seq: 0,
  state: 'new',
  closed: false,
  owner: null,
  participants: [],
  team: null,
  labels: [],
  mailbox: null,
  customer: null,
  subject: null,
  followUpOf: null,
  callback: null,
  autoSolve: null,
  close: null,
  sends: {},
  waitingSince: null,
  lastCustomerSeq: 0,
  lastReply: null,
  answer: null,
  lastMessage: null,
  lastMessageAt: null,
  createdAt: null,
  solved: null,
  assistant: null,
  rating: null,
};

/** A ticket before its first event. */
export function emptyTicket(number: number): Ticket {
  return { number, ...unborn };
}

/** Whether the words in such a mail are a person's, so that its failure needs a person. */
export function isAgentsOwn(kind: MessageKind): boolean {
  return kind === 'reply' || kind === 'compose';
}
