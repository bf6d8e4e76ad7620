import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, START, WINDOW_MS } from '../../testing/desk.ts';
import { eventsOf, remindersIn, typesOf } from '../../testing/outcome.ts';
import {
  closedTicket,
  newTicket,
  openTicket,
  pendingTicket,
  solvedTicket,
  ticketIn,
} from '../../testing/tickets.ts';

const pend = (until: string, reason: string | null = null) =>
  ({ type: 'pend', until, reason }) as const;

/** Dates that no timer is set to. */
const badDates = [
  ['has passed', '2030-01-07T07:59:59.999Z', 'date_in_past', { now: START }],
  ['is now', START, 'date_in_past', { given: START }],
  ['is no date', 'next Friday', 'validation', undefined],
  ['is absurdly far away', '2141-01-01T00:00:00Z', 'validation', undefined],
] as const;

describe('pend', () => {
  it('claims a new ticket and puts it on hold', () => {
    const desk = newTicket();
    const until = desk.in(DAY_MS);
    const outcome = desk.ask(pend(until, 'reason-1'), 'bo');
    expect(typesOf(outcome)).toEqual(['claimed', 'pended']);
    expect(desk.ticket).toMatchObject({
      state: 'pending',
      owner: 'bo',
      callback: { at: until, by: 'bo', reason: 'reason-1' },
    });
  });

  it('of an open ticket keeps its owner', () => {
    const desk = openTicket('bo');
    desk.ask(pend(desk.in(DAY_MS)), 'ada');
    expect(desk.ticket).toMatchObject({ state: 'pending', owner: 'bo', callback: { by: 'ada' } });
  });

  it('of a pending ticket moves the date, and who is reminded', () => {
    const desk = pendingTicket('bo');
    const before = desk.timers;
    const until = desk.in(3 * DAY_MS);
    desk.ask(pend(until, 'reason-2'), 'ada');
    expect(desk.ticket.callback).toMatchObject({ at: until, by: 'ada', reason: 'reason-2' });
    for (const timer of before) expect(desk.fire(timer).events).toEqual([]);
  });

  it('again with the same date and reason does nothing', () => {
    const desk = pendingTicket();
    expect(desk.ask(pend(desk.in(DAY_MS), 'reason-1'), 'bo').events).toEqual([]);
  });

  it('understands any notation of a date and keeps UTC', () => {
    const desk = openTicket();
    desk.ask(pend('2030-01-08T09:00:00+01:00'), 'bo');
    expect(desk.ticket.callback?.at).toBe('2030-01-08T08:00:00.000Z');
  });

  it.each(badDates)('until a date that %s is refused', (_, until, code, details) => {
    const desk = newTicket();
    const before = desk.ticket;
    const { refusal } = desk.ask(pend(until), 'bo');
    expect(refusal).toMatchObject(details ? { code, details } : { code });
    expect(refusal?.message).toContain(until);
    expect(desk.ticket).toBe(before);
  });

  it('of a new ticket by nobody asks for an agent', () => {
    const desk = newTicket();
    expect(desk.ask(pend(desk.in(DAY_MS))).refusal?.code).toBe('agent_required');
  });

  it('of an open ticket may be done by operations people', () => {
    const desk = openTicket('bo');
    const outcome = desk.ask(pend(desk.in(DAY_MS)));
    expect(outcome.events[0]?.by).toEqual({ kind: 'operations' });
    expect(desk.ticket.callback?.by).toBeNull();
  });
});

describe('the callback', () => {
  it('opens the ticket when it is due and reminds setter and owner, by mail too', () => {
    const desk = openTicket('bo');
    desk.ask(pend(desk.in(DAY_MS)), 'ada');
    const due = desk.ticket.callback?.at;
    const events = desk.wait(DAY_MS);
    expect(eventsOf(events, 'resumed')).toMatchObject([
      { why: 'callback', due, by: { kind: 'timer' } },
    ]);
    expect(remindersIn(events)).toEqual([
      { kind: 'callback', console: ['ada', 'bo'], mail: ['ada', 'bo'] },
    ]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', callback: null });
  });

  it('reminds an owner who set it once', () => {
    const desk = pendingTicket('bo');
    expect(remindersIn(desk.wait(DAY_MS))).toEqual([
      { kind: 'callback', console: ['bo'], mail: ['bo'] },
    ]);
  });

  it('that fell due while the desk was down fires once, late', () => {
    const desk = pendingTicket();
    desk.sleep(5 * DAY_MS);
    expect(eventsOf(desk.wait(0), 'resumed')).toHaveLength(1);
    expect(eventsOf(desk.wait(DAY_MS), 'resumed')).toEqual([]);
  });

  it('reminds nobody who was deactivated', () => {
    const desk = pendingTicket('bo');
    desk.agents['bo'] = { active: false, teams: [] };
    const events = desk.wait(DAY_MS);
    expect(typesOf(events)).toEqual(['resumed']);
    expect(desk.ticket.state).toBe('open');
  });

  it('does nothing before its date, but a clock may run a second ahead', () => {
    const desk = pendingTicket();
    const [timer] = desk.timers;
    if (timer?.kind !== 'callback') throw new Error('no callback is armed');
    desk.sleep(DAY_MS - 2 * SECOND_MS);
    expect(desk.fire(timer).events).toEqual([]);
    desk.sleep(SECOND_MS);
    expect(typesOf(desk.fire(timer))).toContain('resumed');
    expect(desk.fire(timer).events).toEqual([]);
  });

  it('of a ticket that was resumed and put on hold anew is another one', () => {
    const desk = pendingTicket();
    const [old] = desk.timers;
    desk.ask({ type: 'resume' }, 'bo');
    desk.ask(pend(desk.in(2 * DAY_MS)), 'bo');
    desk.sleep(DAY_MS);
    expect(old && desk.fire(old).events).toEqual([]);
    expect(desk.ticket.state).toBe('pending');
  });
});

describe('resume', () => {
  it('opens a pending ticket and cancels its timer, reminding nobody', () => {
    const desk = pendingTicket();
    const due = desk.ticket.callback?.at;
    const outcome = desk.ask({ type: 'resume' }, 'ada');
    expect(outcome.events).toMatchObject([{ type: 'resumed', why: 'agent', due }]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', callback: null });
    expect(desk.timers).toEqual([]);
  });
});

describe('solve', () => {
  it.each(['new', 'open', 'pending'] as const)('solves a %s ticket by its agent', (state) => {
    const desk = ticketIn[state]();
    desk.ask({ type: 'solve', summary: false }, 'bo');
    expect(desk.ticket).toMatchObject({
      state: 'solved',
      owner: 'bo',
      solved: { at: desk.now, kind: 'agent', agent: 'bo' },
      close: { at: desk.in(WINDOW_MS) },
      waitingSince: null,
    });
    expect(desk.ticket.sends).toEqual({});
  });

  it.each(['new', 'open', 'pending'] as const)(
    'with a summary mails a %s ticket to the customer, up to the solving',
    (state) => {
      const desk = ticketIn[state]();
      const outcome = desk.ask({ type: 'solve', summary: true }, 'bo');
      const [solved] = eventsOf(outcome, 'solved');
      const message = `summary-7-${solved?.seq}`;
      expect(solved).toMatchObject({ summary: true, summarySkipped: null });
      expect(eventsOf(outcome, 'queued')).toMatchObject([
        { message, kind: 'summary', upTo: solved?.seq, writer: null },
      ]);
      expect(eventsOf(outcome, 'sendStarted')).toMatchObject([{ message, attempt: 1 }]);
    },
  );

  it('sends no summary to a machine, and says so', () => {
    const desk = openTicket();
    desk.automaticSender = true;
    const outcome = desk.ask({ type: 'solve', summary: true }, 'bo');
    expect(outcome.events).toMatchObject([{ type: 'solved', summarySkipped: 'automatic_sender' }]);
  });

  it('cancels callback, auto-solve and send-later, and names them', () => {
    const desk = pendingTicket();
    const [callbackAt, autoSolveAt, sendAt] = [DAY_MS, 2 * DAY_MS, HOUR_MS].map((ms) =>
      desk.in(ms),
    );
    desk.ask({ type: 'autoSolve', at: autoSolveAt ?? null }, 'bo');
    const { message } = desk.reply({ sendAt: sendAt ?? null });
    const outcome = desk.ask({ type: 'solve', summary: false }, 'bo');
    expect(outcome.events).toMatchObject([
      { type: 'callbackCancelled', due: callbackAt, why: 'solved' },
      { type: 'autoSolveCancelled', due: autoSolveAt, why: 'solved' },
      { type: 'sendCancelled', message, leaveAt: sendAt, why: 'solved' },
      { type: 'solved' },
    ]);
    expect(desk.timers.map(({ kind }) => kind)).toEqual(['close']);
  });

  it('lets a mail in its undo seconds go on, and one that is tried again', () => {
    const desk = openTicket();
    const tried = desk.reply().message;
    desk.deliver(tried, 'deferred');
    const undo = desk.reply({ undoMs: 10 * SECOND_MS }).message;
    desk.ask({ type: 'solve', summary: false }, 'bo');
    expect(Object.keys(desk.ticket.sends)).toEqual([tried, undo]);
    expect(eventsOf(desk.wait(MINUTE_MS), 'sendStarted')).toMatchObject([
      { message: undo },
      { message: tried },
    ]);
    expect(desk.ticket.state).toBe('solved');
  });

  it('of a new ticket by nobody asks for an agent', () => {
    const desk = newTicket();
    expect(desk.ask({ type: 'solve', summary: false }).refusal?.code).toBe('agent_required');
  });

  it.each(['open', 'pending'] as const)('of a %s ticket by nobody is by operations', (state) => {
    const desk = ticketIn[state]();
    desk.ask({ type: 'solve', summary: false });
    expect(desk.ticket.solved).toMatchObject({ kind: 'operations', agent: null });
  });
});

describe('autoSolve', () => {
  it.each(['new', 'open', 'pending'] as const)('is set, moved and cleared on a %s one', (state) => {
    const desk = ticketIn[state]();
    const [first, second] = [desk.in(2 * DAY_MS), desk.in(3 * DAY_MS)];
    desk.ask({ type: 'autoSolve', at: first }, 'ada');
    expect(desk.ticket.autoSolve).toMatchObject({ at: first, due: first, by: 'ada' });
    desk.ask({ type: 'autoSolve', at: second }, 'bo');
    expect(desk.ticket.autoSolve).toMatchObject({ at: second, due: second, by: 'bo' });
    const cleared = desk.ask({ type: 'autoSolve', at: null }, 'bo');
    expect(cleared.events).toMatchObject([
      { type: 'autoSolveCancelled', due: second, why: 'agent' },
    ]);
    expect(desk.ticket).toMatchObject({ autoSolve: null, state });
  });

  it('to the same date, or cleared when none is set, does nothing', () => {
    const desk = openTicket();
    expect(desk.ask({ type: 'autoSolve', at: null }, 'bo').events).toEqual([]);
    const at = desk.in(DAY_MS);
    desk.ask({ type: 'autoSolve', at }, 'bo');
    expect(desk.ask({ type: 'autoSolve', at }, 'bo').events).toEqual([]);
  });

  it.each(badDates)('on a date that %s is refused', (_, at, code) => {
    const desk = openTicket();
    expect(desk.ask({ type: 'autoSolve', at }, 'bo').refusal?.code).toBe(code);
  });

  it.each(['new', 'open', 'pending'] as const)('solves a %s one without summary', (state) => {
    const desk = ticketIn[state]();
    desk.ask({ type: 'autoSolve', at: desk.in(HOUR_MS) }, 'bo');
    const events = desk.wait(HOUR_MS);
    expect(typesOf(events).filter((type) => type !== 'callbackCancelled')).toEqual(['solved']);
    expect(desk.ticket).toMatchObject({
      state: 'solved',
      solved: { kind: 'auto', agent: null },
      autoSolve: null,
    });
  });

  it('cancels callback and send-later when it solves', () => {
    const desk = pendingTicket();
    desk.reply({ sendAt: desk.in(DAY_MS) });
    desk.ask({ type: 'autoSolve', at: desk.in(HOUR_MS) }, 'bo');
    expect(typesOf(desk.wait(HOUR_MS))).toEqual(['callbackCancelled', 'sendCancelled', 'solved']);
  });

  it('waits for a stored customer mail that nobody has taken, and gives way to it', () => {
    const desk = openTicket();
    const at = desk.in(HOUR_MS);
    desk.ask({ type: 'autoSolve', at }, 'bo');
    desk.sleep(HOUR_MS);
    desk.untakenCustomerMail = true;
    const [timer] = desk.timers;
    const until = desk.in(30 * SECOND_MS);
    expect(timer && desk.fire(timer).events).toMatchObject([{ type: 'autoSolveDeferred', until }]);
    expect(timer && desk.fire(timer).events).toEqual([]);
    expect(desk.ticket).toMatchObject({ state: 'open', autoSolve: { at, due: until, by: 'bo' } });
    expect(typesOf(desk.mail())).toContain('autoSolveCancelled');
    expect(desk.timers).toEqual([]);
  });

  it('solves after the wait when the stored mail came to nothing', () => {
    const desk = openTicket();
    desk.ask({ type: 'autoSolve', at: desk.in(HOUR_MS) }, 'bo');
    desk.untakenCustomerMail = true;
    desk.sleep(HOUR_MS);
    const [timer] = desk.timers;
    if (timer) desk.fire(timer);
    desk.untakenCustomerMail = false;
    expect(typesOf(desk.wait(MINUTE_MS))).toEqual(['solved']);
  });

  it('that was moved does not fire at its old date', () => {
    const desk = openTicket();
    desk.ask({ type: 'autoSolve', at: desk.in(HOUR_MS) }, 'bo');
    const [old] = desk.timers;
    desk.ask({ type: 'autoSolve', at: desk.in(DAY_MS) }, 'bo');
    desk.sleep(HOUR_MS);
    expect(old && desk.fire(old).events).toEqual([]);
    expect(desk.ticket.state).toBe('open');
  });
});

describe('reopen', () => {
  it.each([
    ['solved', solvedTicket],
    ['closed', closedTicket],
  ] as const)('opens a %s ticket for that agent, whoever had it', (_, make) => {
    const desk = make();
    const outcome = desk.ask({ type: 'reopen', agent: 'ada' }, 'ada');
    expect(outcome.events).toMatchObject([{ type: 'reopened', why: 'agent', owner: 'ada' }]);
    expect(desk.ticket).toMatchObject({
      state: 'open',
      owner: 'ada',
      closed: false,
      close: null,
      solved: null,
    });
    expect(desk.timers).toEqual([]);
  });

  it('for an inactive or unknown agent is refused', () => {
    const desk = solvedTicket();
    expect(desk.ask({ type: 'reopen', agent: 'ida' }).refusal?.code).toBe('agent_inactive');
    expect(desk.ask({ type: 'reopen', agent: 'zed' }).refusal?.code).toBe('not_found');
    expect(desk.ticket.state).toBe('solved');
  });
});

describe('the reopen window', () => {
  it('ends with the ticket closed, which still shows as solved', () => {
    const desk = solvedTicket();
    expect(typesOf(desk.wait(WINDOW_MS))).toEqual(['closed']);
    expect(desk.ticket).toMatchObject({ state: 'solved', closed: true, close: null, owner: 'bo' });
    expect(desk.ticket.solved).not.toBeNull();
    expect(desk.timers).toEqual([]);
  });

  it('of an earlier solving closes nothing', () => {
    const desk = solvedTicket();
    const [old] = desk.timers;
    desk.mail();
    desk.sleep(DAY_MS);
    desk.ask({ type: 'solve', summary: false }, 'bo');
    desk.sleep(WINDOW_MS - DAY_MS);
    expect(old && desk.fire(old).events).toEqual([]);
    expect(desk.ticket.closed).toBe(false);
  });
});
