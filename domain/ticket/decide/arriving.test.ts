import { describe, expect, it } from 'vitest';
import { DAY_MS, Desk, HOUR_MS, MINUTE_MS, WINDOW_MS } from '../../testing/desk.ts';
import { eventsOf, remindersIn, typesOf } from '../../testing/outcome.ts';
import {
  closedTicket,
  newTicket,
  openTicket,
  pendingTicket,
  solvedTicket,
  ticketIn,
} from '../../testing/tickets.ts';

describe('the first mail of a customer', () => {
  it("makes a ticket in new, in the mailbox's default team, that nobody owns", () => {
    const desk = newTicket();
    expect(desk.ticket).toMatchObject({
      state: 'new',
      owner: null,
      team: 'support',
      mailbox: 'support-mailbox',
      customer: 'customer-1',
      subject: 'subject-1',
      createdAt: desk.now,
      waitingSince: desk.now,
      lastMessage: 'in-mail-1',
      lastMessageAt: desk.now,
    });
    expect(desk.ticket.sends).toEqual({});
  });

  it('is acknowledged if the mailbox does so, by a mail that tells of just that mail', () => {
    const desk = new Desk();
    desk.acknowledge = true;
    const outcome = desk.mail({ via: 'form' });
    expect(typesOf(outcome)).toEqual(['created', 'received', 'queued', 'sendStarted']);
    const [received] = eventsOf(outcome, 'received');
    expect(eventsOf(outcome, 'queued')).toMatchObject([
      { message: 'acknowledgement-7-2', kind: 'acknowledgement', upTo: received?.seq, to: null },
    ]);
    expect(desk.ticket.waitingSince).toBe(desk.now);
  });

  it.each([
    ['a machine', { automatic: true }],
    ['a mail server', { automatic: false, bounce: 'report' }],
  ])('of %s makes a ticket that is ours to answer, and nobody is answered', (_, given) => {
    const desk = new Desk();
    desk.acknowledge = true;
    const other = new Desk();
    const about = other.messages[other.write()];
    const bounce = 'bounce' in given && about ? { message: about, failed: true } : null;
    expect(typesOf(desk.mail({ automatic: given.automatic, bounce }))).toEqual([
      'created',
      'received',
    ]);
    expect(desk.ticket).toMatchObject({ state: 'new', waitingSince: desk.now });
  });

  it('keeps what it follows up', () => {
    const desk = new Desk();
    const origin = { mailbox: 'm', customer: 'c', team: null, subject: 's', followUpOf: 3 };
    desk.mail({ origin });
    expect(desk.ticket).toMatchObject({ team: null, followUpOf: 3 });
  });
});

describe('a mail of the customer', () => {
  it('counts once, however often it is handed over', () => {
    const desk = openTicket();
    const mail = desk.storeMail();
    expect(desk.ask({ type: 'receive', mail }).events).not.toEqual([]);
    expect(desk.ask({ type: 'receive', mail })).toMatchObject({ events: [], refusal: null });
  });

  it('that is not stored for this ticket is refused', () => {
    const outcome = openTicket().ask({ type: 'receive', mail: 'elsewhere' });
    expect(outcome.refusal).toMatchObject({ code: 'not_found' });
  });

  it('on a new ticket is added, and the participants are told in the console', () => {
    const desk = newTicket();
    desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
    const outcome = desk.mail();
    expect(typesOf(outcome)).toEqual(['received', 'reminded']);
    expect(remindersIn(outcome)).toEqual([
      { kind: 'customer_replied', console: ['ada'], mail: [] },
    ]);
    expect(desk.ticket.state).toBe('new');
  });

  it('on an open ticket is added, and owner and participants are told in the console', () => {
    const desk = openTicket();
    desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
    const outcome = desk.mail();
    expect(typesOf(outcome)).toEqual(['received', 'reminded']);
    expect(remindersIn(outcome)).toEqual([
      { kind: 'customer_replied', console: ['bo', 'ada'], mail: [] },
    ]);
    expect(desk.ticket.state).toBe('open');
  });

  it.each(['new', 'open', 'pending'] as const)('cancels the auto-solve of a %s ticket', (state) => {
    const desk = ticketIn[state]();
    const at = desk.in(2 * HOUR_MS);
    desk.ask({ type: 'autoSolve', at });
    expect(eventsOf(desk.mail(), 'autoSolveCancelled')).toMatchObject([
      { due: at, why: 'customer' },
    ]);
    expect(desk.ticket.autoSolve).toBeNull();
  });

  it('opens a pending ticket, cancels its callback and reminds whom it concerns', () => {
    const desk = openTicket('bo');
    desk.ask({ type: 'pend', until: desk.in(DAY_MS), reason: null }, 'ada');
    desk.ask({ type: 'invite', agent: 'eve' }, 'bo');
    const due = desk.ticket.callback?.at;
    const outcome = desk.mail();
    expect(eventsOf(outcome, 'resumed')).toMatchObject([{ why: 'customer', due }]);
    expect(remindersIn(outcome)).toEqual([
      {
        kind: 'customer_replied',
        console: ['bo', 'eve', 'ada'],
        mail: ['bo', 'eve', 'ada'],
      },
    ]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', callback: null });
  });

  it('reopens a solved ticket for the owner who is still active', () => {
    const desk = solvedTicket();
    const outcome = desk.mail();
    expect(eventsOf(outcome, 'reopened')).toMatchObject([{ why: 'customer', owner: 'bo' }]);
    expect(remindersIn(outcome)).toEqual([
      { kind: 'customer_replied', console: ['bo'], mail: ['bo'] },
    ]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', close: null, solved: null });
    expect(desk.ticket.waitingSince).toBe(desk.now);
  });

  it('makes a solved ticket new when its owner was deactivated', () => {
    const desk = solvedTicket();
    desk.agents['bo'] = { active: false, teams: [] };
    const outcome = desk.mail();
    expect(eventsOf(outcome, 'reopened')).toMatchObject([{ why: 'customer', owner: null }]);
    expect(remindersIn(outcome)).toEqual([]);
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null });
  });

  it('makes a ticket new that the assistant had solved', () => {
    const desk = new Desk();
    desk.ask({ type: 'deflect', exchange: 'exchange-1' });
    desk.mail();
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null, solved: null });
  });

  it('reopens until the window is over, to the last moment', () => {
    const desk = solvedTicket();
    desk.wait(WINDOW_MS - MINUTE_MS);
    desk.mail();
    expect(desk.ticket.state).toBe('open');
    desk.ask({ type: 'solve', summary: false }, 'bo');
    desk.wait(WINDOW_MS - MINUTE_MS);
    expect(desk.ticket.closed).toBe(false);
  });

  it('begins another ticket when this one is closed', () => {
    const desk = closedTicket();
    const before = desk.ticket;
    expect(desk.mail()).toEqual({ events: [], refusal: null, followUp: true });
    expect(desk.ticket).toBe(before);
  });

  it('drops the mails that were to leave only if the customer did not write first', () => {
    const desk = openTicket();
    const sendAt = desk.in(DAY_MS);
    const dropped = desk.reply({ sendAt, dropIfCustomerWrites: true }).message;
    const kept = desk.reply({ sendAt }).message;
    expect(eventsOf(desk.mail(), 'sendCancelled')).toMatchObject([
      { message: dropped, leaveAt: sendAt, why: 'customer' },
    ]);
    expect(Object.keys(desk.ticket.sends)).toEqual([kept]);
  });

  it('does not drop a mail that is already leaving', () => {
    const desk = openTicket();
    const { message } = desk.reply({ dropIfCustomerWrites: true });
    expect(eventsOf(desk.mail(), 'sendCancelled')).toEqual([]);
    expect(desk.ticket.sends[message]?.state).toBe('sending');
  });
});

describe('automatic mail', () => {
  it.each(['new', 'open', 'pending', 'solved', 'closed'] as const)(
    'is added to a %s ticket and changes no state, timer or turn',
    (state) => {
      const desk = ticketIn[state]();
      if (state !== 'solved' && state !== 'closed') {
        desk.ask({ type: 'autoSolve', at: desk.in(2 * HOUR_MS) });
      }
      const before = desk.ticket;
      const outcome = desk.mail({ automatic: true });
      expect(eventsOf(outcome, 'received')).toMatchObject([{ automatic: true }]);
      expect(outcome.events).toHaveLength(1);
      expect(desk.ticket).toEqual({ ...before, seq: before.seq + 1 });
    },
  );

  it('changes nothing on a ticket whose first mail has not left yet', () => {
    const desk = new Desk();
    desk.compose({ sendAt: desk.in(DAY_MS) });
    const before = desk.ticket;
    desk.mail({ automatic: true });
    expect(desk.ticket).toEqual({ ...before, seq: before.seq + 1 });
  });

  it('that reports a delay is quiet: the mail may still arrive', () => {
    const desk = pendingTicket();
    const { message } = desk.reply();
    desk.deliver(message, 'sent');
    expect(typesOf(desk.bounce(message, false))).toEqual(['received']);
    expect(desk.ticket.state).toBe('pending');
  });

  it('that reports a failure is a bounce of that mail, once', () => {
    const desk = openTicket();
    const { message } = desk.reply();
    desk.deliver(message, 'sent');
    const first = desk.bounce(message);
    expect(eventsOf(first, 'delivery')).toMatchObject([{ message, outcome: 'bounced' }]);
    expect(remindersIn(first)).toMatchObject([{ kind: 'delivery_failed', console: ['bo'] }]);
    expect(typesOf(desk.bounce(message))).toEqual(['received']);
  });
});

describe('composing', () => {
  it('makes an open ticket that its writer owns and queues the mail', () => {
    const desk = new Desk();
    const outcome = desk.compose({ writer: 'ada', undoMs: 5_000 });
    expect(typesOf(outcome)).toEqual(['created', 'composed', 'queued']);
    expect(eventsOf(outcome, 'created')).toMatchObject([{ via: 'compose', team: 'support' }]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'ada', waitingSince: null });
  });

  it('makes a ticket that sorts by its making while the mail waits for its date', () => {
    const desk = new Desk();
    desk.compose({ sendAt: desk.in(DAY_MS) });
    expect(desk.ticket).toMatchObject({ lastMessageAt: desk.now, lastMessage: null });
  });

  it('solves at once when that is to follow', () => {
    const desk = new Desk();
    desk.compose({ then: { solve: { summary: false } } });
    expect(desk.ticket).toMatchObject({ state: 'solved', owner: 'bo' });
  });

  it.each([
    ['an empty mail', { empty: true }, 'validation'],
    ['a date that has passed', { sendAt: '2030-01-07T07:59:59Z' }, 'date_in_past'],
    ['an unknown writer', { writer: 'zed' }, 'not_found'],
    ['a writer who was deactivated', { writer: 'ida' }, 'agent_inactive'],
    ['a mail that no mailbox sends', { origin: null }, 'not_found'],
  ])('%s is refused, and there is no ticket', (_, given, code) => {
    const desk = new Desk();
    expect(desk.compose(given).refusal?.code).toBe(code);
    expect(desk.ticket.seq).toBe(0);
  });

  it('onto a ticket that exists is refused', () => {
    const outcome = newTicket().compose();
    expect(outcome.refusal).toMatchObject({
      code: 'not_allowed',
      details: { state: 'new', allowed: [] },
    });
  });
});

describe('deflecting', () => {
  it('makes a ticket that the assistant has solved', () => {
    const desk = new Desk();
    const outcome = desk.ask({ type: 'deflect', exchange: 'exchange-1' });
    expect(typesOf(outcome)).toEqual(['created', 'deflected']);
    expect(outcome.events[0]?.by).toEqual({ kind: 'assistant' });
    expect(desk.ticket).toMatchObject({
      state: 'solved',
      owner: null,
      solved: { at: desk.now, kind: 'assistant', agent: null },
      close: { at: desk.in(WINDOW_MS) },
      waitingSince: null,
    });
  });

  it('keeps what was asked and answered, oldest first', () => {
    const desk = new Desk();
    desk.said = [
      { message: 'q-1', side: 'customer' },
      { message: 'a-1', side: 'assistant' },
    ];
    const outcome = desk.ask({ type: 'deflect', exchange: 'exchange-1' });
    expect(typesOf(outcome)).toEqual(['created', 'exchanged', 'exchanged', 'deflected']);
    expect(desk.ticket).toMatchObject({ lastMessage: 'a-1', waitingSince: null, sends: {} });
  });

  it('is undone by the customer who writes on: nobody owns it, so it is new', () => {
    const desk = new Desk();
    desk.ask({ type: 'deflect', exchange: 'exchange-1' });
    desk.mail();
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null, waitingSince: desk.now });
  });

  it('that did not help stands before the first mail', () => {
    const desk = new Desk();
    const outcome = desk.mail({ via: 'form', said: [{ message: 'q-1', side: 'customer' }] });
    expect(typesOf(outcome)).toEqual(['created', 'exchanged', 'received']);
    expect(desk.ticket).toMatchObject({ state: 'new', lastCustomerSeq: 3 });
  });

  it('makes a ticket that closes when its window is over', () => {
    const desk = new Desk();
    desk.ask({ type: 'deflect', exchange: 'exchange-1' });
    expect(typesOf(desk.wait(WINDOW_MS))).toEqual(['closed']);
  });
});
