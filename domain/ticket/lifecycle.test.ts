import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBody } from '../../tests/arbitraries/commands.ts';
import { DAY_MS, Desk, MINUTE_MS, SECOND_MS } from '../testing/desk.ts';
import type { Outcome } from '../testing/desk.ts';
import { eventsOf } from '../testing/outcome.ts';
import { armedTimers, nextDue, timerKey } from './armed.ts';
import { assistantModes } from './assistant.ts';
import type { AssistantMode } from './assistant.ts';
import type { CommandBody, CommandType } from './commands.ts';
import type { TicketEvent } from './events.ts';
import { fold } from './evolve.ts';
import { emptyTicket, isAgentsOwn } from './ticket.ts';
import type { Ticket } from './ticket.ts';

const places = ['unborn', 'new', 'open', 'pending', 'solved', 'closed'] as const;
type Place = (typeof places)[number];

/** From where a command may lead whither, when it does something. Absent: it may do nothing. */
type Results = { [from in Place]?: readonly Place[] };

const unsolvedStay: Results = { new: ['new'], open: ['open'], pending: ['pending'] };
const stay: Results = { ...unsolvedStay, solved: ['solved'], closed: ['closed'] };
/** `new` is where a ticket goes back to when the assistant's answer, which solved it, was lost. */
const undelivered: Results = { pending: ['pending', 'open'], solved: ['solved', 'open', 'new'] };

/** product.md's lifecycle table, written down a second time. */
const table: { [type in CommandType | 'automatic' | 'bounce']: Results } = {
  receive: {
    unborn: ['new'],
    new: ['new'],
    open: ['open'],
    pending: ['open'],
    solved: ['open', 'new'],
  },
  automatic: { ...stay, unborn: ['new'] },
  bounce: { ...stay, unborn: ['new'], ...undelivered },
  compose: { unborn: ['open', 'pending', 'solved'] },
  deflect: { unborn: ['solved'] },
  claim: { new: ['open'], open: ['open'] },
  assign: { new: ['open'], open: ['open'], pending: ['pending'] },
  release: { open: ['new'], pending: ['new'] },
  reply: {
    new: ['open', 'pending', 'solved'],
    open: ['open', 'pending', 'solved'],
    pending: ['pending', 'solved'],
    solved: ['open', 'pending', 'solved'],
    closed: ['open', 'pending', 'solved'],
  },
  pend: { new: ['pending'], open: ['pending'], pending: ['pending'] },
  callbackDue: { pending: ['open'] },
  resume: { pending: ['open'] },
  solve: { new: ['solved'], open: ['solved'], pending: ['solved'] },
  autoSolve: unsolvedStay,
  autoSolveDue: {
    new: ['new', 'solved'],
    open: ['open', 'solved'],
    pending: ['pending', 'solved'],
  },
  reopen: { solved: ['open'], closed: ['open'] },
  invite: unsolvedStay,
  uninvite: unsolvedStay,
  changeTeam: { new: ['new'], open: ['open', 'new'], pending: ['pending', 'new'] },
  delivery: { ...stay, ...undelivered },
  cancelSend: stay,
  moveSend: unsolvedStay,
  resend: stay,
  label: stay,
  unlabel: stay,
  note: stay,
  rename: stay,
  rate: stay,
  sendLink: stay,
  settle: { new: ['solved'], open: ['solved'], pending: ['solved'] },
  closeDue: { solved: ['closed'] },
  sendDue: {
    new: ['new', 'pending', 'solved'],
    open: ['open', 'pending', 'solved'],
    pending: ['pending', 'solved'],
    solved: ['solved'],
    closed: ['closed'],
  },
  assisted: { ...stay, new: ['new', 'solved'] },
  assistantDue: stay,
  sync: {},
  malformed: {},
};

function placeOf({ seq, state, closed }: Ticket): Place {
  if (seq === 0) return 'unborn';
  return closed ? 'closed' : state;
}

/** A desk on which nothing happens that the table and the promises do not allow. */
class WatchedDesk extends Desk {
  readonly seen = new Set<Place>();

  override ask(body: CommandBody, by: string | null = null): Outcome {
    const before = this.ticket;
    const outcome = super.ask(body, by);
    const what = `${body.type} on ${placeOf(before)}`;
    this.seen.add(placeOf(before));
    if (outcome.events.length === 0) {
      expect(this.ticket, what).toBe(before);
      expect(outcome.followUp, what).toBe(outcome.followUp && before.closed);
    } else {
      const allowed = table[this.#rowOf(body)][placeOf(before)] ?? [];
      expect(allowed, what).toContain(placeOf(this.ticket));
      expectPromises(this.ticket);
      expectDerivedIds(this.ticket.number, outcome.events);
    }
    return outcome;
  }

  #rowOf(body: CommandBody): keyof typeof table {
    if (body.type !== 'receive') return body.type;
    const mail = this.mails[body.mail];
    if (mail?.bounce) return 'bounce';
    return mail?.automatic ? 'automatic' : 'receive';
  }
}

/** The longest undo wait here: what leaves a solved ticket later than this was send-later. */
const UNDO_MS = 5 * SECOND_MS;

function expectPromises(ticket: Ticket): void {
  const { state, owner, participants, labels } = ticket;
  expect(owner !== null, `an owner when ${state}`).toBe(
    state === 'open' || state === 'pending' || (state === 'solved' && owner !== null),
  );
  expect(ticket.callback !== null, `a callback when ${state}`).toBe(state === 'pending');
  expect(ticket.solved !== null, `a solver when ${state}`).toBe(state === 'solved');
  expect(ticket.close !== null).toBe(state === 'solved' && !ticket.closed);
  if (ticket.closed) expect(state).toBe('solved');
  if (state === 'solved') {
    expect(ticket.autoSolve).toBeNull();
    expect(ticket.waitingSince).toBeNull();
    const waiting = Object.values(ticket.sends).filter((send) => send.state === 'waiting');
    const last = Date.parse(ticket.solved?.at ?? '') + UNDO_MS;
    for (const { at } of waiting) expect(Date.parse(at ?? '')).toBeLessThanOrEqual(last);
  }
  expect(new Set(participants).size).toBe(participants.length);
  expect(participants).not.toContain(owner);
  expect(new Set(labels).size).toBe(labels.length);
  for (const send of Object.values(ticket.sends)) {
    expect(send.at === null, 'a date unless it is being sent').toBe(send.state === 'sending');
  }
  expectTimers(ticket);
}

/** The armed timers are those of the state, each once, and the earliest is the one to look for. */
function expectTimers(ticket: Ticket): void {
  const timers = armedTimers(ticket);
  const { callback, autoSolve, close, sends, assistant } = ticket;
  const waiting = Object.values(sends).filter((send) => send.state !== 'sending');
  const until = assistant?.status === 'asked' ? assistant.until : undefined;
  const dates = [callback?.at, autoSolve?.due, close?.at, until, ...waiting.map(({ at }) => at)];
  const set = dates.filter((date) => typeof date === 'string').sort();
  expect(timers.map(({ at }) => at).sort()).toEqual(set);
  expect(new Set(timers.map(timerKey)).size).toBe(timers.length);
  expect(nextDue(ticket)).toBe(set[0] ?? null);
}

/** What the desk writes has ids by ticket and event, so that a rebuilt projection keeps them. */
function expectDerivedIds(number: number, events: readonly TicketEvent[]): void {
  const causes: { [kind: string]: readonly string[] } = {
    reminder: ['reminded'],
    summary: ['solved'],
    acknowledgement: ['received', 'assistantSuggested', 'assistantHandedOver'],
    assistant: ['assistantAnswered'],
  };
  for (const { kind, upTo, to, message } of eventsOf(events, 'queued')) {
    if (upTo === null) continue;
    const end = kind === 'reminder' ? `-${to}` : '';
    expect(message).toBe(`${kind}-${number}-${upTo}${end}`);
    // Asked for by the customer and by nothing that happened.
    if (kind === 'link') expect(upTo).toBe((events[0]?.seq ?? 0) - 1);
    else expect(causes[kind]).toContain(events.find(({ seq }) => seq === upTo)?.type);
  }
}

/** One thing that happens at a desk. */
type Step =
  | { what: 'command'; body: CommandBody; by: string | null }
  | { what: 'mail'; automatic: boolean; bounceOf: number | null; failed: boolean }
  | {
      what: 'reply' | 'compose';
      writer: string;
      undoMs: number;
      sendIn: number | null;
      drop: boolean;
      seenBack: number | null;
      then: 'pend' | 'solve' | null;
    }
  | { what: 'wait'; ms: number }
  | { what: 'sleep'; ms: number }
  | { what: 'agent'; id: string; active: boolean; teams: string[] }
  | {
      what: 'facts';
      untaken: boolean;
      automaticSender: boolean;
      acknowledge: boolean;
      assistant: AssistantMode;
      sure: boolean;
    };

const agent = fc.constantFrom('bo', 'bo', 'ada', 'ada', 'eve', 'ida', 'zed');
const span = fc.constantFrom(-DAY_MS, 0, SECOND_MS, MINUTE_MS, DAY_MS, 3 * DAY_MS, 20 * DAY_MS);
/** What there is by then is chosen by its place; anything else is unknown. */
const place = fc.nat(9).map(String);
const body = anyBody({
  agent,
  mail: place,
  message: place,
  label: fc.constantFrom('vip', 'urgent', 'nothing'),
  note: fc.constantFrom('note-1', 'note-2', 'nothing'),
  rating: fc.constantFrom('rating-1', 'rating-2', 'nothing'),
  text: fc.constantFrom('subject-2', 'reason-1', 'nothing'),
  team: fc.constantFrom('support', 'billing', 'nothing'),
  date: fc.oneof({ arbitrary: span.map(String), weight: 9 }, fc.constant('soon')),
  armed: fc.nat(9),
});

const written = fc.record({
  what: fc.constantFrom('reply', 'reply', 'compose'),
  writer: agent,
  undoMs: fc.constantFrom(0, UNDO_MS),
  sendIn: fc.option(fc.constantFrom(MINUTE_MS, DAY_MS), { freq: 3 }),
  drop: fc.boolean(),
  seenBack: fc.option(fc.nat(4)),
  then: fc.option(fc.constantFrom('pend', 'solve')),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ what: fc.constant('command'), body, by: fc.option(agent) }), weight: 8 },
  {
    arbitrary: fc.record({
      what: fc.constant('mail'),
      automatic: fc.boolean(),
      bounceOf: fc.option(fc.nat(5)),
      failed: fc.boolean(),
    }),
    weight: 2,
  },
  { arbitrary: written, weight: 2 },
  { arbitrary: fc.record({ what: fc.constant('wait'), ms: span.map(Math.abs) }), weight: 2 },
  fc.record({ what: fc.constant('sleep'), ms: span.map(Math.abs) }),
  fc.record({
    what: fc.constant('agent'),
    id: fc.constantFrom('bo', 'ada', 'eve'),
    active: fc.boolean(),
    teams: fc.subarray(['support', 'billing']),
  }),
  fc.record({
    what: fc.constant('facts'),
    untaken: fc.boolean(),
    automaticSender: fc.boolean(),
    acknowledge: fc.boolean(),
    assistant: fc.constantFrom(...assistantModes),
    sure: fc.boolean(),
  }),
);

class Happening implements fc.Command<object, WatchedDesk> {
  readonly step: Step;

  constructor(happening: Step) {
    this.step = happening;
  }

  check(): boolean {
    return true;
  }

  run(_model: object, desk: WatchedDesk): void {
    happen(desk, this.step);
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}

function happen(desk: WatchedDesk, now: Step): void {
  switch (now.what) {
    case 'command':
      desk.ask(named(desk, now.body), now.by);
      return;
    case 'mail': {
      const about = pick(Object.values(desk.messages), now.bounceOf);
      const bounce = about ? { message: about, failed: now.failed } : null;
      desk.mail({ automatic: now.automatic, bounce });
      return;
    }
    case 'reply':
    case 'compose': {
      const { writer, undoMs, drop, sendIn, seenBack } = now;
      const pend = { pend: { until: desk.in(2 * DAY_MS), reason: null } };
      const given = {
        writer,
        undoMs,
        dropIfCustomerWrites: drop,
        sendAt: sendIn === null ? null : desk.in(sendIn),
        seen: seenBack === null ? null : Math.max(0, desk.ticket.seq - seenBack),
        then: now.then === 'pend' ? pend : now.then && { solve: { summary: drop } },
      };
      if (now.what === 'reply') desk.reply(given);
      else desk.compose(given);
      return;
    }
    case 'wait':
      // An auto-solve is put off every half minute while a mail is not taken.
      desk.wait(desk.untakenCustomerMail ? Math.min(now.ms, MINUTE_MS) : now.ms);
      return;
    case 'sleep':
      desk.sleep(now.ms);
      return;
    case 'agent':
      desk.agents[now.id] = { active: now.active, teams: now.teams };
      return;
    case 'facts':
      desk.untakenCustomerMail = now.untaken;
      desk.automaticSender = now.automaticSender;
      desk.acknowledge = now.acknowledge;
      desk.assistant = now.assistant;
      desk.answers = {
        'reason-1': { id: 'reason-1', confidence: now.sure ? 1 : 0, hasAddress: true },
      };
  }
}

/** A body with each place read as what is there, and dates as milliseconds from now. */
function named<T extends CommandBody>(desk: Desk, given: T): T {
  const fields = { ...given };
  const messages = [...Object.keys(desk.ticket.sends), ...Object.keys(desk.messages)];
  if ('message' in fields) fields.message = pick(messages, fields.message) ?? 'nothing';
  if ('mail' in fields) fields.mail = pick(Object.keys(desk.mails), fields.mail) ?? 'nothing';
  if ('armed' in fields) fields.armed = armedAt(desk.ticket, fields.armed);
  if ('asked' in fields) fields.asked = desk.ticket.assistant?.seq ?? fields.asked;
  if ('until' in fields) fields.until = dateOf(desk, fields.until);
  if ('at' in fields && fields.at !== null) fields.at = dateOf(desk, fields.at);
  return fields;
}

function pick<T>(all: readonly T[], index: string | number | null): T | undefined {
  return index === null ? undefined : all[Number(index) % all.length];
}

/** The event that armed one of the timers, or one that armed none. */
function armedAt({ callback, autoSolve, close, assistant }: Ticket, index: number): number {
  const all = [callback?.seq, autoSolve?.seq, close?.seq, assistant?.seq];
  const armed = all.filter((seq) => seq !== undefined);
  return pick([...armed, index], index) ?? index;
}

function dateOf(desk: Desk, offset: string): string {
  return offset === 'soon' ? offset : desk.in(Number(offset));
}

const lives = fc.commands([step.map((one) => new Happening(one))], {
  maxCommands: 60,
  size: 'max',
});

/** Enough to meet each of the faults that this file was tried against. */
const LIVES = 200;

/** Lives every generated life on a desk of its own, with mentions in its notes. */
function everyLife(check: (desk: WatchedDesk) => void): void {
  fc.assert(
    fc.property(lives, (steps) => {
      const desk = new WatchedDesk();
      desk.notes = { 'note-1': [], 'note-2': ['ada', 'ida', 'zed'] };
      fc.modelRun(() => ({ model: {}, real: desk }), steps);
      check(desk);
    }),
    { numRuns: LIVES },
  );
}

describe('every life of a ticket', () => {
  it('keeps to the lifecycle table and to its promises, and no armed timer is for nothing', () => {
    everyLife((desk) => {
      desk.untakenCustomerMail = false;
      desk.wait(40 * DAY_MS);
      expect(armedTimers(desk.ticket).filter(({ at }) => at <= desk.now)).toEqual([]);
    });
  });

  it('is what its events add up to, and both survive JSON', () => {
    everyLife(({ ticket, log }) => {
      expect(fold(emptyTicket(ticket.number), log)).toEqual(ticket);
      const copy: TicketEvent[] = JSON.parse(JSON.stringify(log));
      expect(copy).toEqual(log);
      expect(JSON.parse(JSON.stringify(ticket))).toEqual(ticket);
      expect(fold(emptyTicket(ticket.number), copy)).toEqual(ticket);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    });
  });

  it('folds from any point in the middle to the same end', () => {
    everyLife(({ ticket, log }) => {
      const middle = Math.floor(log.length / 2);
      const half = fold(emptyTicket(ticket.number), log.slice(0, middle));
      expect(fold(JSON.parse(JSON.stringify(half)), log.slice(middle))).toEqual(ticket);
    });
  });

  it('sends each attempt once, in order, and nothing that was taken back', () => {
    everyLife(({ log, messages }) => {
      const attempts: { [message: string]: number } = {};
      const cancelled = new Set<string>();
      for (const event of log) {
        if (event.type === 'sendCancelled') {
          expect(attempts[event.message], 'attempts before it was taken back').toBeUndefined();
          cancelled.add(event.message);
        } else if (event.type === 'sendStarted') {
          const { message, attempt } = event;
          expect(cancelled).not.toContain(message);
          expect(attempt).toBe((attempts[message] ?? 0) + 1);
          attempts[message] = attempt;
        }
      }
      const desks = Object.values(messages).filter(({ kind }) => !isAgentsOwn(kind));
      const queued = eventsOf(log, 'queued').filter(({ upTo }) => upTo !== null);
      expect(new Set(queued.map(({ message }) => message)).size).toBe(desks.length);
    });
  });

  it('asks the assistant at most once, of a first mail, and hears of it once', () => {
    everyLife(({ log }) => {
      const asked = eventsOf(log, 'assistantAsked');
      expect(asked.length).toBeLessThanOrEqual(1);
      for (const { seq, question } of asked) {
        const first = log.find(({ type }) => type === 'received');
        expect(first).toMatchObject({ message: question, automatic: false });
        expect(log.some((event) => event.type === 'queued' && event.seq < seq - 2)).toBe(false);
      }
      const told = log.filter(({ type }) => type.startsWith('assistant')).slice(1);
      const late = ['assistantHandedOver', 'assistantSuggested'];
      if (told.length > 1) expect(told.map(({ type }) => type)).toEqual(late);
      expect(eventsOf(log, 'queued').filter(({ kind }) => kind === 'assistant')).toHaveLength(
        eventsOf(log, 'assistantAnswered').length,
      );
    });
  });

  it('reminds only agents who were active, each once for one thing', () => {
    everyLife(({ log }) => {
      for (const { agents } of eventsOf(log, 'reminded')) {
        expect(agents.length).toBeGreaterThan(0);
        expect(new Set(agents).size).toBe(agents.length);
        expect(agents).not.toContain('ida');
        expect(agents).not.toContain('zed');
      }
    });
  });

  it('comes to every state of the table', () => {
    const seen = new Set<Place>();
    everyLife((desk) => {
      for (const place of desk.seen) seen.add(place);
    });
    expect([...seen].sort()).toEqual([...places].sort());
  });
});
