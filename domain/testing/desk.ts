import type { Refusal } from '../errors.ts';
import type { RatingScore } from '../ratings.ts';
import { armedTimers, dueCommand, timerKey } from '../ticket/armed.ts';
import type { ArmedTimer } from '../ticket/armed.ts';
import type { AssistantMode } from '../ticket/assistant.ts';
import type { Command, CommandBody, DeliveryOutcome } from '../ticket/commands.ts';
import { decide } from '../ticket/decide.ts';
import { actorOf } from '../ticket/decision.ts';
import type { TicketEvent } from '../ticket/events.ts';
import { evolve } from '../ticket/evolve.ts';
import type {
  AgentFact,
  AnswerFact,
  Facts,
  MailFact,
  MessageFact,
  SaidFact,
} from '../ticket/facts.ts';
import { emptyTicket } from '../ticket/ticket.ts';
import type { Ticket } from '../ticket/ticket.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** When every test begins. */
export const START = '2030-01-07T08:00:00.000Z';

export const WINDOW_MS = 14 * DAY_MS;

/** How long the assistant may take. */
export const BUDGET_MS = 30 * SECOND_MS;

/** What came of a command, as `record` would tell it. */
export interface Outcome {
  events: TicketEvent[];
  refusal: Refusal | null;
  followUp: boolean;
}

/**
 * A desk with one ticket, for tests: it does what `record`, the content tables and the timers do
 * around the pure rules, in memory and with a clock that only tests move. Whatever it hands to the
 * rules is frozen, so that a rule that changes its input fails loudly.
 */
export class Desk {
  now = START;
  ticket: Ticket = freeze(emptyTicket(7));
  readonly log: TicketEvent[] = [];
  /** bo: support. ada: support and billing. eve: billing. ida: deactivated. */
  agents: { [id: string]: AgentFact } = {
    bo: { active: true, teams: ['support'] },
    ada: { active: true, teams: ['support', 'billing'] },
    eve: { active: true, teams: ['billing'] },
    ida: { active: false, teams: ['support'] },
  };
  readonly mails: { [id: string]: MailFact } = {};
  readonly messages: { [id: string]: MessageFact } = {};
  notes: { [id: string]: string[] } = { 'note-1': [] };
  readonly ratings: { [id: string]: RatingScore } = { 'rating-1': 'good', 'rating-2': 'bad' };
  readonly labels = ['urgent', 'vip'];
  readonly teams = ['support', 'billing'];
  readonly texts = ['subject-1', 'subject-2', 'reason-1', 'reason-2'];
  acknowledge = false;
  assistant: AssistantMode = 'off';
  answers: { [id: string]: AnswerFact } = {};
  untakenCustomerMail = false;
  automaticSender = false;
  automaticLately = 0;
  /** What is asked and answered before a ticket is made of it. */
  said: SaidFact[] = [];
  #commands = 0;
  #contents = 0;

  /** Asks the ticket for something; what it leads to is recorded. */
  ask(body: CommandBody, by: string | null = null): Outcome {
    this.#commands += 1;
    const command: Command = { ...body, id: `command-${this.#commands}`, by };
    const facts = freeze(this.#factsFor(command));
    const decision = freeze(decide(this.ticket, freeze(command), facts, this.now));
    if ('refusal' in decision) return { events: [], refusal: decision.refusal, followUp: false };
    if ('followUp' in decision) return { events: [], refusal: null, followUp: true };
    const base = { at: this.now, by: actorOf(command, facts), command: command.id };
    const events = decision.events.map((event, index): TicketEvent =>
      freeze({ ...event, ...base, seq: this.ticket.seq + index + 1 }),
    );
    for (const event of events) this.#learn(event);
    if (body.type === 'receive') this.#take(body.mail);
    return { events, refusal: null, followUp: false };
  }

  /** A mail for this ticket comes in and is handed over. */
  mail(given: Partial<MailFact> = {}): Outcome {
    return this.ask({ type: 'receive', mail: this.storeMail(given) });
  }

  /** A mail is stored and has not been handed over; returns its id. */
  storeMail(given: Partial<MailFact> = {}): string {
    const id = given.id ?? this.#contentId('mail');
    this.mails[id] = {
      id,
      taken: false,
      message: `in-${id}`,
      via: 'mail',
      automatic: false,
      bounce: null,
      acknowledge: this.acknowledge,
      assistant: this.assistant,
      origin: this.#origin(),
      ...given,
    };
    return id;
  }

  /** A delivery report about one of our mails comes in. */
  bounce(message: string, failed = true): Outcome {
    const about = this.messages[message];
    if (!about) throw new Error(`no message ${message} to bounce`);
    return this.mail({ automatic: true, bounce: { message: about, failed } });
  }

  /** An agent's mail is written and not yet queued; returns its id. */
  write(given: Partial<MessageFact> = {}): string {
    const id = given.id ?? this.#contentId('message');
    this.messages[id] = {
      id,
      kind: 'reply',
      writer: 'bo',
      undoMs: 0,
      sendAt: null,
      dropIfCustomerWrites: false,
      seen: null,
      then: null,
      empty: false,
      delivery: null,
      attempts: 0,
      refusedSome: false,
      otherRecipients: [],
      origin: this.#origin(),
      ...given,
    };
    return id;
  }

  reply(given: Partial<MessageFact> = {}): Outcome & { message: string } {
    const message = this.write(given);
    return { ...this.ask({ type: 'reply', message }, given.writer ?? 'bo'), message };
  }

  compose(given: Partial<MessageFact> = {}): Outcome & { message: string } {
    const message = this.write({ ...given, kind: 'compose' });
    return { ...this.ask({ type: 'compose', message }, given.writer ?? 'bo'), message };
  }

  /** What the send activity reports of the running attempt. */
  deliver(message: string, outcome: DeliveryOutcome): Outcome {
    const attempt = this.ticket.sends[message]?.attempt ?? null;
    return this.ask({ type: 'delivery', message, outcome, attempt, atOnce: false });
  }

  /** Time passes, and nothing fires: the desk is down. */
  sleep(ms: number): void {
    this.now = this.in(ms);
  }

  /** Time passes and each timer fires when it is due; returns what that led to. */
  wait(ms: number): TicketEvent[] {
    const end = this.in(ms);
    const events: TicketEvent[] = [];
    for (;;) {
      const timers = armedTimers(this.ticket).sort((a, b) => (a.at < b.at ? -1 : 1));
      const next = timers[0];
      if (!next || next.at > end) break;
      if (next.at > this.now) this.now = next.at;
      const fired = this.fire(next).events;
      if (fired.length === 0) throw new Error(`timer ${timerKey(next)} leads to nothing`);
      events.push(...fired);
    }
    this.now = end;
    return events;
  }

  fire(timer: ArmedTimer): Outcome {
    return this.ask(dueCommand(timer));
  }

  /** The date `ms` from now. */
  in(ms: number): string {
    return new Date(Date.parse(this.now) + ms).toISOString();
  }

  get timers(): ArmedTimer[] {
    return armedTimers(this.ticket);
  }

  #contentId(kind: string): string {
    this.#contents += 1;
    return `${kind}-${this.#contents}`;
  }

  #origin() {
    return {
      mailbox: 'support-mailbox',
      customer: 'customer-1',
      team: 'support',
      subject: 'subject-1',
      followUpOf: null,
    };
  }

  #factsFor(command: Command): Facts {
    const find = (known: readonly string[], id: string) => (known.includes(id) ? { id } : null);
    const facts: Facts = {
      settings: { reopenWindowMs: WINDOW_MS, assistantBudgetMs: BUDGET_MS },
      agents: structuredClone(this.agents),
      untakenCustomerMail: this.untakenCustomerMail,
      automaticSender: this.automaticSender,
      automaticLately: this.automaticLately,
    };
    if ('mail' in command) facts.mail = structuredClone(this.mails[command.mail] ?? null);
    if ('message' in command) facts.message = structuredClone(this.messages[command.message]);
    if ('label' in command) facts.label = find(this.labels, command.label);
    if (command.type === 'rename') facts.text = find(this.texts, command.subject);
    if (command.type === 'pend') facts.text = find(this.texts, command.reason ?? '');
    if (command.type === 'deflect')
      facts.exchange = { origin: this.#origin(), said: [...this.said] };
    if (command.type === 'assisted') facts.answer = this.answers[command.answer ?? ''] ?? null;
    if (command.type === 'changeTeam') facts.team = find(this.teams, command.team ?? '');
    if (command.type === 'rate') {
      const score = this.ratings[command.rating];
      facts.rating = score ? { id: command.rating, score } : null;
    }
    if (command.type === 'note') {
      const mentions = this.notes[command.note];
      facts.note = mentions ? { id: command.note, mentions } : null;
    }
    return facts;
  }

  #learn(event: TicketEvent): void {
    this.log.push(event);
    this.ticket = freeze(evolve(this.ticket, event));
    if (event.type === 'queued' && event.upTo !== null) {
      this.write({ id: event.message, kind: event.kind, writer: null });
    }
    if (!('message' in event) || event.message === null) return;
    const message = this.messages[event.message];
    if (message) this.messages[event.message] = { ...message, ...deliveryAfter(event) };
  }

  #take(mail: string): void {
    const stored = this.mails[mail];
    if (stored) this.mails[mail] = { ...stored, taken: true };
  }
}

/** Where a message stands after an event: what the table of deliveries holds. */
function deliveryAfter(event: TicketEvent): Partial<MessageFact> {
  switch (event.type) {
    case 'queued':
      return { delivery: 'waiting' };
    case 'sendStarted':
      return { delivery: 'sending', attempts: event.attempt };
    case 'sendCancelled':
      return { delivery: 'cancelled' };
    case 'delivery':
      return { delivery: event.outcome === 'arrived' ? 'sent' : event.outcome };
    default:
      return {};
  }
}

/** Freezes a value and all that it holds. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
