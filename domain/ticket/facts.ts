import type { RatingScore } from '../ratings.ts';
import type { AssistantMode } from './assistant.ts';
import type { ExchangeSide, ReminderKind } from './events.ts';
import type { MessageKind, Then } from './ticket.ts';

/**
 * What a decision needs to know beside the ticket's own state. `record` reads it in the
 * transaction that decides; the pure rules see only this. Absent = the command names none.
 */
export interface Facts {
  settings: Settings;
  /** The agents that the command, the ticket or the message names; unknown ones are missing. */
  agents: { [id: string]: AgentFact };
  /** The team that the command names; null when the company has no such team. */
  team?: { id: string } | null;
  label?: { id: string } | null;
  note?: { id: string; mentions: string[] } | null;
  rating?: { id: string; score: RatingScore } | null;
  /** A subject or a reason, by the id of its text. */
  text?: { id: string } | null;
  mail?: MailFact | null;
  message?: MessageFact | null;
  exchange?: ExchangeFact | null;
  /** What the assistant found, while it is kept. */
  answer?: AnswerFact | null;
  /** A stored customer mail for this ticket that the workflow has not taken yet. */
  untakenCustomerMail: boolean;
  /** Whether the customer's newest mail came from a machine: it gets no summary. */
  automaticSender: boolean;
  /** Links to this ticket's page that were mailed within the last hour; absent: none. */
  linksLately?: number;
  /** Automatic mails that the customer's address got from the company within the last hour. */
  automaticLately: number;
}

export interface Settings {
  /** How long a solved ticket waits for the customer before it is closed. */
  reopenWindowMs: number;
  /** How long the assistant may take. */
  assistantBudgetMs: number;
}

export interface AgentFact {
  active: boolean;
  teams: string[];
  /** Kinds of reminders that this agent wants no mail of; absent: mail comes of all. */
  noMailFor?: ReminderKind[];
}

/** What the first event of a ticket is made of. */
export interface OriginFact {
  mailbox: string;
  customer: string;
  team: string | null;
  subject: string;
  followUpOf: number | null;
}

/** A message that a visitor or the assistant wrote in the support module. */
export interface SaidFact {
  message: string;
  side: ExchangeSide;
}

/** What was asked and answered before, and what its ticket begins with. */
export interface ExchangeFact {
  origin: OriginFact;
  said: SaidFact[];
}

export interface MailFact {
  id: string;
  /** True once its outcome is recorded: the mail counts once. */
  taken: boolean;
  /** The content that was parsed from it. */
  message: string;
  via: 'mail' | 'form';
  /** Written by a machine (RFC 3834): changes nothing on a ticket that exists. */
  automatic: boolean;
  /** Set for a delivery report (RFC 3464) about one of our mails. */
  bounce: { message: MessageFact; failed: boolean } | null;
  /** Set for a mail of an archive: when it was sent, and whether its conversation is over. */
  imported?: { at: string; solved: boolean } | null;
  /** Whether the mailbox answers a new ticket with an acknowledgement. */
  acknowledge: boolean;
  /** What the mailbox lets the assistant do with it. */
  assistant: AssistantMode;
  /** What its writer had asked the assistant before, oldest first; absent: nothing. */
  said?: SaidFact[];
  origin: OriginFact;
}

export interface AnswerFact {
  id: string;
  /** 0..1: how sure the assistant is of it. */
  confidence: number;
  /** Whether the ticket's customer can be written to. */
  hasAddress: boolean;
}

export interface MessageFact {
  id: string;
  kind: MessageKind;
  writer: string | null;
  /** Milliseconds in which it can be taken back. */
  undoMs: number;
  sendAt: string | null;
  dropIfCustomerWrites: boolean;
  /** The newest timeline entry that its writer had seen; null = did not say. */
  seen: number | null;
  then: Then | null;
  empty: boolean;
  /** Where its sending stands; null while it has not been queued. */
  delivery:
    | 'waiting'
    | 'sending'
    | 'deferred'
    | 'sent'
    | 'failed'
    | 'uncertain'
    | 'bounced'
    | 'cancelled'
    | null;
  /** How many attempts there have been. */
  attempts: number;
  /** Whether the newest attempt reached only some of its recipients. */
  refusedSome: boolean;
  /** Ids of the other recipients that are kept for a resending. */
  otherRecipients: string[];
  origin: OriginFact | null;
}
