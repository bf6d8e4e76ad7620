import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../testing/desk.ts';
import { newTicket, openTicket, pendingTicket, solvedTicket } from '../testing/tickets.ts';
import { armedTimers, nextDue, timerKey } from './armed.ts';

describe('the armed timers', () => {
  it('of a new ticket are none', () => {
    const { ticket } = newTicket();
    expect(armedTimers(ticket)).toEqual([]);
    expect(nextDue(ticket)).toBeNull();
  });

  it('are callback, auto-solve and the mails that wait, by the events that set them', () => {
    const desk = pendingTicket();
    desk.ask({ type: 'autoSolve', at: desk.in(2 * DAY_MS) }, 'bo');
    const { message } = desk.reply({ sendAt: desk.in(HOUR_MS) });
    const { callback, autoSolve } = desk.ticket;
    expect(armedTimers(desk.ticket)).toEqual([
      { kind: 'callback', at: desk.in(DAY_MS), armed: callback?.seq },
      { kind: 'autoSolve', at: desk.in(2 * DAY_MS), armed: autoSolve?.seq },
      { kind: 'send', at: desk.in(HOUR_MS), message, attempt: 0 },
    ]);
    expect(nextDue(desk.ticket)).toBe(desk.in(HOUR_MS));
  });

  it('of a solved ticket are the close timer and what is still leaving', () => {
    const desk = openTicket();
    const { message } = desk.reply();
    desk.deliver(message, 'deferred');
    desk.ask({ type: 'solve', summary: false }, 'bo');
    expect(armedTimers(desk.ticket)).toMatchObject([
      { kind: 'close' },
      { kind: 'send', message, attempt: 1 },
    ]);
  });

  it('hold no mail that is being sent now: its activity is the wait', () => {
    const desk = openTicket();
    desk.reply();
    expect(armedTimers(desk.ticket)).toEqual([]);
  });
});

describe('the key of a timer', () => {
  it('is another one when the timer is moved', () => {
    const desk = openTicket();
    const keys = new Set<string>();
    for (const ms of [HOUR_MS, DAY_MS, HOUR_MS]) {
      desk.ask({ type: 'autoSolve', at: desk.in(ms) }, 'bo');
      for (const timer of desk.timers) keys.add(timerKey(timer));
    }
    expect(keys.size).toBe(3);
  });

  it('is another one for each attempt of a mail', () => {
    const desk = openTicket();
    const { message } = desk.reply({ undoMs: MINUTE_MS });
    const keys = new Set(desk.timers.map(timerKey));
    desk.wait(MINUTE_MS);
    for (let attempt = 1; attempt < 4; attempt += 1) {
      desk.deliver(message, 'deferred');
      for (const timer of desk.timers) keys.add(timerKey(timer));
      desk.wait(HOUR_MS);
    }
    expect(keys.size).toBe(4);
  });

  it('stays the same while other things happen', () => {
    const desk = solvedTicket();
    const before = desk.timers.map(timerKey);
    desk.ask({ type: 'label', label: 'vip' });
    expect(desk.timers.map(timerKey)).toEqual(before);
  });
});
