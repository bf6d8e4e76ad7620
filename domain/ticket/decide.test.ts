import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBody } from '../../tests/arbitraries/commands.ts';
import { DAY_MS, Desk, freeze } from '../testing/desk.ts';
import { newTicket, ticketIn } from '../testing/tickets.ts';
import { statusOf } from '../errors.ts';
import { assistantModes } from './assistant.ts';
import { ratingScores } from '../ratings.ts';
import { outsideCommands } from './commands.ts';
import type { Command } from './commands.ts';
import { courtesy, decide } from './decide.ts';
import { actorOf } from './decision.ts';
import type { TicketEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Facts, MessageFact } from './facts.ts';
import { emptyTicket, messageKinds, solverKinds, ticketStates } from './ticket.ts';
import type { Send, Then, Ticket } from './ticket.ts';

const id = fc.constantFrom('a', 'b', 'c', 'toString', '__proto__', '');
const date = fc
  .date({
    min: new Date('2029-01-01T00:00:00Z'),
    max: new Date('2031-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((value) => value.toISOString());
const typedDate = fc.oneof(date, fc.string(), fc.constantFrom('+999999-01-01T00:00:00Z', '0'));
const seq = fc.nat(20);
const then: fc.Arbitrary<Then> = fc.oneof(
  fc.record({ pend: fc.record({ until: date, reason: fc.option(id) }) }),
  fc.record({ solve: fc.record({ summary: fc.boolean() }) }),
);
const send: fc.Arbitrary<Send> = fc.record({
  state: fc.constantFrom('waiting', 'sending', 'deferred'),
  kind: fc.constantFrom(...messageKinds),
  writer: fc.option(id),
  at: fc.option(date),
  attempt: fc.nat(30),
  since: fc.option(date),
  startedAt: fc.option(date),
  later: fc.boolean(),
  dropIfCustomerWrites: fc.boolean(),
  then: fc.option(then),
  overtakenAt: fc.option(date),
  seq,
});

/** States that no life leads to, too: what is in the log has happened. */
const anyTicket: fc.Arbitrary<Ticket> = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  seq,
  state: fc.constantFrom(...ticketStates),
  closed: fc.boolean(),
  owner: fc.option(id),
  participants: fc.array(id),
  team: fc.option(id),
  labels: fc.array(id),
  mailbox: fc.option(id),
  customer: fc.option(id),
  subject: fc.option(id),
  followUpOf: fc.option(seq),
  callback: fc.option(fc.record({ at: date, by: fc.option(id), reason: fc.option(id), seq })),
  autoSolve: fc.option(fc.record({ at: date, by: fc.option(id), due: date, seq })),
  close: fc.option(fc.record({ at: date, seq })),
  sends: fc.dictionary(id, send),
  waitingSince: fc.option(date),
  lastCustomerSeq: seq,
  lastReply: fc.option(fc.record({ seq, writer: fc.option(id) })),
  answer: fc.option(fc.record({ message: id, waited: fc.option(date), lost: fc.boolean() })),
  lastMessage: fc.option(id),
  lastMessageAt: fc.option(date),
  createdAt: fc.option(date),
  solved: fc.option(
    fc.record({ at: date, kind: fc.constantFrom(...solverKinds), agent: fc.option(id) }),
  ),
  assistant: fc.option(
    fc.record({
      status: fc.constantFrom('asked', 'answered', 'suggested', 'handedOver'),
      mode: fc.constantFrom('suggest', 'answer'),
      until: date,
      seq,
      acknowledge: fc.boolean(),
      answer: fc.option(id),
    }),
  ),
  rating: fc.option(fc.record({ id, agent: fc.option(id), team: fc.option(id) })),
});

const said = fc.record({ message: id, side: fc.constantFrom('customer', 'assistant') });

const origin = fc.record({
  mailbox: id,
  customer: id,
  team: fc.option(id),
  subject: id,
  followUpOf: fc.option(seq),
});
const message: fc.Arbitrary<MessageFact> = fc.record({
  id,
  kind: fc.constantFrom(...messageKinds),
  writer: fc.option(id),
  undoMs: fc.nat(60_000),
  sendAt: fc.option(typedDate),
  dropIfCustomerWrites: fc.boolean(),
  seen: fc.option(seq),
  then: fc.option(then),
  empty: fc.boolean(),
  delivery: fc.constantFrom(
    ...(['waiting', 'sending', 'deferred', 'sent'] as const),
    ...(['failed', 'uncertain', 'bounced', 'cancelled', null] as const),
  ),
  attempts: fc.nat(30),
  refusedSome: fc.boolean(),
  otherRecipients: fc.array(id),
  origin: fc.option(origin),
});
const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    settings: fc.record({
      reopenWindowMs: fc.nat(14 * DAY_MS),
      assistantBudgetMs: fc.nat(DAY_MS),
    }),
    agents: fc.dictionary(id, fc.record({ active: fc.boolean(), teams: fc.array(id) })),
    team: fc.option(fc.record({ id })),
    label: fc.option(fc.record({ id })),
    note: fc.option(fc.record({ id, mentions: fc.array(id) })),
    rating: fc.option(fc.record({ id, score: fc.constantFrom(...ratingScores) })),
    text: fc.option(fc.record({ id })),
    mail: fc.option(
      fc.record({
        id,
        taken: fc.boolean(),
        message: id,
        via: fc.constantFrom('mail', 'form'),
        automatic: fc.boolean(),
        bounce: fc.option(fc.record({ message, failed: fc.boolean() })),
        acknowledge: fc.boolean(),
        assistant: fc.constantFrom(...assistantModes),
        said: fc.array(said),
        origin,
      }),
    ),
    message: fc.option(message),
    exchange: fc.option(fc.record({ origin, said: fc.array(said) })),
    answer: fc.option(
      fc.record({
        id,
        confidence: fc.double({ noNaN: true, min: 0, max: 1 }),
        hasAddress: fc.boolean(),
      }),
    ),
    untakenCustomerMail: fc.boolean(),
    automaticSender: fc.boolean(),
    automaticLately: fc.nat(30),
  },
  {
    requiredKeys: [
      ...(['settings', 'agents', 'untakenCustomerMail'] as const),
      ...(['automaticSender', 'automaticLately'] as const),
    ],
  },
);
const named = { agent: id, mail: id, message: id, label: id, note: id, rating: id };
const parts = { ...named, text: id, team: id };
const anyCommand: fc.Arbitrary<Command> = fc
  .tuple(anyBody({ ...parts, date: typedDate, armed: seq }), fc.option(id))
  .map(([body, by]) => ({ ...body, id: 'command-1', by }));

describe('whatever the state, the command and the facts', () => {
  it('decide answers, with plain JSON, and changes none of them', () => {
    fc.assert(
      fc.property(anyTicket, anyCommand, anyFacts, date, (ticket, command, facts, now) => {
        const decision = decide(freeze(ticket), freeze(command), freeze(facts), now);
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
        if ('refusal' in decision) {
          expect(Object.keys(statusOf)).toContain(decision.refusal.code);
          expect(decision.refusal.message).not.toBe('');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('evolve takes each event, without changing state or event', () => {
    fc.assert(
      fc.property(anyTicket, anyCommand, anyFacts, date, (ticket, command, facts, now) => {
        const decision = decide(ticket, command, facts, now);
        const bodies = 'events' in decision ? decision.events : [];
        let after = freeze(emptyTicket(ticket.number));
        let changed = freeze(ticket);
        for (const body of bodies) {
          const by = actorOf(command, facts);
          const base = { seq: changed.seq + 1, at: now, by, command: command.id };
          const event: TicketEvent = freeze({ ...body, ...base });
          changed = freeze(evolve(changed, event));
          // The same events on a state that they were not made for.
          after = freeze(evolve(after, event));
          expect(JSON.parse(JSON.stringify(changed))).toEqual(changed);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('decide says the same twice', () => {
    fc.assert(
      fc.property(anyTicket, anyCommand, anyFacts, date, (ticket, command, facts, now) => {
        const copy: Ticket = JSON.parse(JSON.stringify(ticket));
        const [first, second] = [ticket, copy].map((one) => decide(one, command, facts, now));
        expect(first).toEqual(second);
      }),
    );
  });

  it('a courtesy refusal is what decide refuses too', () => {
    fc.assert(
      fc.property(anyTicket, anyCommand, anyFacts, date, (ticket, command, facts, now) => {
        const refusal = courtesy(ticket, command);
        if (refusal) expect(decide(ticket, command, facts, now)).toEqual({ refusal });
      }),
    );
  });
});

describe('a ticket that has not begun', () => {
  const begins = ['receive', 'compose', 'deflect', 'sync'];
  const others = outsideCommands.filter((name) => !begins.includes(name));

  it.each(others)('does not know %s', (type) => {
    const desk = new Desk();
    const fields = { agent: 'bo', message: 'm', until: desk.in(DAY_MS), at: null, summary: false };
    const outcome = desk.ask(JSON.parse(JSON.stringify({ type, ...fields })), 'bo');
    expect(outcome.refusal?.code).toBe('not_found');
    expect(desk.ticket.seq).toBe(0);
  });

  it('is looked at without effect', () => {
    expect(new Desk().ask({ type: 'sync' })).toMatchObject({ events: [], refusal: null });
  });
});

describe('who asks', () => {
  it.each([
    ['zed', 'not_found'],
    ['ida', 'agent_inactive'],
  ])('has to be an active agent of the company: %s is not', (by, code) => {
    for (const make of Object.values(ticketIn)) {
      const desk = make();
      const before = desk.ticket;
      expect(desk.ask({ type: 'label', label: 'vip' }, by).refusal?.code).toBe(code);
      expect(desk.ticket).toBe(before);
    }
  });

  it('is put down in the history', () => {
    const actor = (desk: Desk) => desk.log.at(-1)?.by;
    const desk = newTicket();
    expect(actor(desk)).toEqual({ kind: 'customer' });
    desk.ask({ type: 'claim', agent: 'bo', takeover: false }, 'bo');
    expect(actor(desk)).toEqual({ kind: 'agent', id: 'bo' });
    desk.ask({ type: 'label', label: 'vip' });
    expect(actor(desk)).toEqual({ kind: 'operations' });
    const { message } = desk.reply();
    desk.deliver(message, 'sent');
    expect(actor(desk)).toEqual({ kind: 'desk' });
    desk.ask({ type: 'autoSolve', at: desk.in(DAY_MS) }, 'bo');
    desk.wait(DAY_MS);
    expect(actor(desk)).toEqual({ kind: 'timer' });
  });
});

describe('a command that was not understood', () => {
  it('is refused with its reason, on any ticket, and changes nothing', () => {
    for (const make of [() => new Desk(), ...Object.values(ticketIn)]) {
      const desk = make();
      const before = desk.ticket;
      const outcome = desk.ask({ type: 'malformed', name: 'pend', reason: 'no date' });
      expect(outcome.refusal).toEqual({
        code: 'validation',
        message: 'pend was not understood: no date',
      });
      expect(desk.ticket).toBe(before);
    }
  });
});
