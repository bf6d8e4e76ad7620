import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, START } from '../../testing/desk.ts';
import type { Desk } from '../../testing/desk.ts';
import { eventsOf, typesOf } from '../../testing/outcome.ts';
import {
  closedTicket,
  newTicket,
  openTicket,
  pendingTicket,
  solvedTicket,
  ticketIn,
} from '../../testing/tickets.ts';

const UNDO_MS = 5 * SECOND_MS;

describe('a reply', () => {
  it('claims a new ticket first', () => {
    const desk = newTicket();
    expect(typesOf(desk.reply())).toEqual(['claimed', 'queued', 'sendStarted']);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo' });
  });

  it('of another agent does not change whose the open ticket is', () => {
    const desk = openTicket('bo');
    expect(typesOf(desk.reply({ writer: 'ada' }))).toEqual(['queued', 'sendStarted']);
    expect(desk.ticket.owner).toBe('bo');
  });

  it('leaves a pending ticket pending, with its callback', () => {
    const desk = pendingTicket();
    const { callback } = desk.ticket;
    desk.reply();
    expect(desk.ticket).toMatchObject({ state: 'pending', callback });
  });

  it.each([
    ['solved', solvedTicket],
    ['closed', closedTicket],
  ] as const)('reopens a %s ticket for its writer', (_, make) => {
    const desk = make();
    const outcome = desk.reply({ writer: 'ada' });
    expect(outcome.events[0]).toMatchObject({ type: 'reopened', why: 'reply', owner: 'ada' });
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'ada', closed: false, close: null });
  });

  it('is queued once, however often it is asked for', () => {
    const desk = openTicket();
    const { message } = desk.reply();
    expect(desk.ask({ type: 'reply', message }, 'bo')).toMatchObject({ events: [], refusal: null });
  });

  it('acts as its writer when nobody is named', () => {
    const desk = newTicket();
    const outcome = desk.ask({ type: 'reply', message: desk.write({ writer: 'ada' }) });
    expect(outcome.events.map(({ by }) => by)).toEqual(Array(3).fill({ kind: 'agent', id: 'ada' }));
    expect(desk.ticket.owner).toBe('ada');
  });

  it.each([
    ['without text or file', { empty: true }, 'validation'],
    ['with a send date that has passed', { sendAt: START }, 'date_in_past'],
    ['with a send date that is none', { sendAt: 'soon' }, 'validation'],
    ['with a callback that has passed', pendThen('2030-01-01T00:00:00Z'), 'date_in_past'],
    ['with a callback that is no date', pendThen('soon'), 'validation'],
    [
      'with a callback before it leaves',
      { ...pendThen('2030-01-08T00:00:00Z'), sendAt: '2030-01-09T00:00:00Z' },
      'date_in_past',
    ],
    ['of an unknown writer', { writer: 'zed' }, 'not_found'],
    ['of a deactivated writer', { writer: 'ida' }, 'agent_inactive'],
    ['that nobody wrote', { writer: null }, 'not_found'],
  ])('%s is refused, and nothing changed', (_, given, code) => {
    for (const make of [newTicket, solvedTicket]) {
      const desk = make();
      const before = desk.ticket;
      expect(desk.reply(given).refusal?.code).toBe(code);
      expect(desk.ticket).toBe(before);
    }
  });

  it('that is not on this ticket is refused', () => {
    const outcome = openTicket().ask({ type: 'reply', message: 'nope' }, 'bo');
    expect(outcome.refusal?.code).toBe('not_found');
  });
});

function pendThen(until: string) {
  return { then: { pend: { until, reason: null } } };
}

describe('news', () => {
  it('a customer mail that the writer has not seen stops the reply, naming it', () => {
    const desk = openTicket();
    const seen = desk.ticket.seq;
    const [received] = eventsOf(desk.mail(), 'received');
    const { refusal } = desk.reply({ seen });
    expect(refusal).toMatchObject({
      code: 'news',
      details: { since: String(seen), items: [String(received?.seq)] },
    });
    expect(desk.reply({ seen: desk.ticket.seq }).refusal).toBeNull();
  });

  it("another agent's answer stops the reply, in its undo seconds already", () => {
    const desk = openTicket();
    const seen = desk.ticket.seq;
    const [queued] = eventsOf(desk.reply({ writer: 'ada', undoMs: UNDO_MS }), 'queued');
    const items = [String(queued?.seq)];
    expect(desk.reply({ seen }).refusal).toMatchObject({ code: 'news', details: { items } });
    desk.wait(UNDO_MS);
    expect(desk.reply({ seen }).refusal).toMatchObject({ code: 'news', details: { items } });
  });

  it('an answer that was taken back is none, and does not hide the one before it', () => {
    const desk = openTicket();
    const seen = desk.ticket.seq;
    desk.reply({ writer: 'eve' });
    const { message } = desk.reply({ writer: 'ada', undoMs: UNDO_MS });
    desk.ask({ type: 'cancelSend', message }, 'ada');
    const first = eventsOf(desk.log, 'queued')[0]?.seq;
    expect(desk.reply({ seen }).refusal?.details).toMatchObject({ items: [String(first)] });
  });

  it('a mail that waited for its date does not hide a newer answer when it leaves', () => {
    const desk = openTicket();
    desk.reply({ writer: 'eve', sendAt: desk.in(DAY_MS) });
    const seen = desk.ticket.seq;
    const [newer] = eventsOf(desk.reply({ writer: 'ada' }), 'queued');
    desk.wait(DAY_MS);
    expect(desk.reply({ seen }).refusal?.details).toMatchObject({ items: [String(newer?.seq)] });
  });

  it.each([
    ["the writer's own answer", (desk: Desk) => desk.reply({ writer: 'bo' })],
    ['an automatic mail', (desk: Desk) => desk.mail({ automatic: true })],
    ['a note', (desk: Desk) => desk.ask({ type: 'note', note: 'note-1' }, 'ada')],
    [
      'an answer that waits for a date',
      (desk: Desk) => desk.reply({ writer: 'ada', sendAt: desk.in(DAY_MS) }),
    ],
  ])('%s is none', (_, happens) => {
    const desk = openTicket();
    const seen = desk.ticket.seq;
    happens(desk);
    expect(desk.reply({ seen }).refusal).toBeNull();
  });

  it('does not matter to a writer who did not say what was seen', () => {
    const desk = openTicket();
    desk.mail();
    expect(desk.reply({ seen: null }).refusal).toBeNull();
  });
});

describe('the undo seconds', () => {
  it('hold the mail back, and the turn with it', () => {
    const desk = openTicket();
    const { message } = desk.reply({ undoMs: UNDO_MS });
    expect(desk.ticket.sends[message]).toMatchObject({ state: 'waiting', later: false });
    expect(desk.ticket.waitingSince).toBe(START);
    expect(desk.ticket.lastMessage).toBe('in-mail-1');
    expect(typesOf(desk.wait(UNDO_MS))).toEqual(['sendStarted']);
    expect(desk.ticket).toMatchObject({
      waitingSince: null,
      lastMessage: message,
      lastMessageAt: desk.now,
    });
  });

  it('of none start the mail at once, and it is too late to undo', () => {
    const desk = openTicket();
    const outcome = desk.reply({ undoMs: 0 });
    expect(typesOf(outcome)).toEqual(['queued', 'sendStarted']);
    expect(desk.ask({ type: 'cancelSend', message: outcome.message }, 'bo').refusal?.code).toBe(
      'too_late',
    );
  });

  it('take back the mail and what was to follow, but not the claim', () => {
    const desk = newTicket();
    const then = { solve: { summary: true } };
    const { message } = desk.reply({ undoMs: UNDO_MS, then });
    const outcome = desk.ask({ type: 'cancelSend', message }, 'bo');
    expect(outcome.events).toMatchObject([{ type: 'sendCancelled', message, why: 'agent' }]);
    expect(desk.wait(DAY_MS)).toEqual([]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', sends: {} });
    expect(desk.ticket.waitingSince).toBe(START);
  });

  it('do not take back the reopening', () => {
    const desk = solvedTicket();
    const { message } = desk.reply({ undoMs: UNDO_MS });
    desk.ask({ type: 'cancelSend', message }, 'bo');
    expect(desk.ticket.state).toBe('open');
  });

  it('in which the customer writes leave the turn with us', () => {
    const desk = openTicket();
    desk.reply({ undoMs: UNDO_MS });
    desk.sleep(SECOND_MS);
    desk.mail();
    const wroteAt = desk.now;
    desk.wait(UNDO_MS);
    expect(desk.ticket.waitingSince).toBe(wroteAt);
  });
});

describe('what follows a reply', () => {
  const solve = { solve: { summary: false } };
  const untilOf = (desk: Desk) => desk.in(DAY_MS);

  it.each([0, UNDO_MS])('is to pend, by its writer, when %i ms of undo are over', (undoMs) => {
    const desk = newTicket();
    const until = untilOf(desk);
    desk.reply({ writer: 'ada', undoMs, then: { pend: { until, reason: 'reason-1' } } });
    if (undoMs > 0) expect(desk.ticket.state).toBe('open');
    desk.wait(undoMs);
    expect(desk.ticket).toMatchObject({
      state: 'pending',
      owner: 'ada',
      callback: { at: until, by: 'ada', reason: 'reason-1' },
    });
  });

  it.each([0, UNDO_MS])('is to solve, by its writer, when %i ms of undo are over', (undoMs) => {
    const desk = newTicket();
    const { message } = desk.reply({ writer: 'ada', undoMs, then: { solve: { summary: true } } });
    if (undoMs > 0) expect(desk.ticket.state).toBe('open');
    desk.wait(undoMs);
    expect(desk.ticket).toMatchObject({ state: 'solved', solved: { kind: 'agent', agent: 'ada' } });
    const [solved] = eventsOf(desk.log, 'solved');
    const summary = `summary-7-${solved?.seq}`;
    expect(Object.keys(desk.ticket.sends)).toEqual([message, summary]);
  });

  it.each(['new', 'open', 'pending', 'solved', 'closed'] as const)(
    'is to solve a %s ticket again at once',
    (state) => {
      const desk = ticketIn[state]();
      desk.reply({ then: solve });
      expect(desk.ticket).toMatchObject({ state: 'solved', owner: 'bo', callback: null });
    },
  );

  it('moves the date of a pending ticket', () => {
    const desk = pendingTicket();
    const until = desk.in(3 * DAY_MS);
    desk.reply({ then: { pend: { until, reason: null } } });
    expect(desk.ticket).toMatchObject({ state: 'pending', callback: { at: until, reason: null } });
  });

  it('happens when a mail that was to leave later leaves, and does not take that mail back', () => {
    const desk = openTicket();
    const other = desk.reply({ sendAt: desk.in(DAY_MS) }).message;
    const { message } = desk.reply({ sendAt: desk.in(HOUR_MS), then: solve });
    const events = desk.wait(HOUR_MS);
    expect(typesOf(events)).toEqual(['sendStarted', 'sendCancelled', 'solved']);
    expect(eventsOf(events, 'sendCancelled')).toMatchObject([{ message: other }]);
    expect(desk.ticket.sends[message]?.state).toBe('sending');
  });

  it('happens once, not with every retry', () => {
    const desk = openTicket();
    const { message } = desk.reply({ then: { pend: { until: untilOf(desk), reason: null } } });
    desk.ask({ type: 'resume' }, 'bo');
    desk.deliver(message, 'deferred');
    expect(typesOf(desk.wait(MINUTE_MS))).toEqual(['sendStarted']);
    expect(desk.ticket.state).toBe('open');
  });

  it.each([
    ['the ticket was solved', (desk: Desk) => desk.ask({ type: 'solve', summary: false }, 'ada')],
    ['the customer wrote', (desk: Desk) => desk.mail()],
  ])('is void when %s while the mail waited', (_, happens) => {
    for (const then of [solve, { pend: { until: START, reason: null } }]) {
      const desk = openTicket();
      const until = untilOf(desk);
      const { message } = desk.reply({
        undoMs: UNDO_MS,
        then: 'pend' in then ? { pend: { ...then.pend, until } } : then,
      });
      happens(desk);
      const { state } = desk.ticket;
      expect(eventsOf(desk.wait(UNDO_MS), 'sendStarted')).toMatchObject([{ message }]);
      expect(desk.ticket.state).toBe(state);
    }
  });

  it('is to pend a ticket that was released meanwhile: its writer claims it again', () => {
    const desk = openTicket();
    const then = { pend: { until: untilOf(desk), reason: null } };
    desk.reply({ writer: 'ada', undoMs: UNDO_MS, then });
    desk.ask({ type: 'release' }, 'bo');
    expect(typesOf(desk.wait(UNDO_MS))).toEqual(['sendStarted', 'claimed', 'pended']);
    expect(desk.ticket).toMatchObject({ state: 'pending', owner: 'ada' });
  });

  it('does not pend a ticket that nobody can own', () => {
    const desk = openTicket();
    desk.reply({ undoMs: UNDO_MS, then: { pend: { until: untilOf(desk), reason: null } } });
    desk.ask({ type: 'release' }, 'bo');
    desk.agents['bo'] = { active: false, teams: [] };
    expect(typesOf(desk.wait(UNDO_MS))).toEqual(['sendStarted']);
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null });
  });

  it('is a promise: a date that passed while the desk was down reminds at once', () => {
    const desk = openTicket();
    const then = { pend: { until: desk.in(MINUTE_MS), reason: null } };
    desk.reply({ writer: 'ada', undoMs: UNDO_MS, then });
    desk.sleep(HOUR_MS);
    const events = desk.wait(0);
    expect(typesOf(events).slice(0, 3)).toEqual(['sendStarted', 'pended', 'resumed']);
    expect(eventsOf(events, 'reminded')).toMatchObject([
      { kind: 'callback', agents: ['ada', 'bo'] },
    ]);
  });
});

describe('send later', () => {
  it('waits for its date, moved or not', () => {
    const desk = openTicket();
    const { message } = desk.reply({ sendAt: desk.in(DAY_MS), undoMs: UNDO_MS });
    expect(desk.wait(HOUR_MS)).toEqual([]);
    const [old] = desk.timers;
    const at = desk.in(2 * DAY_MS);
    const moved = desk.ask({ type: 'moveSend', message, at }, 'ada');
    expect(moved.events).toMatchObject([{ type: 'sendMoved', message, leaveAt: at }]);
    desk.sleep(DAY_MS);
    expect(old && desk.fire(old).events).toEqual([]);
    expect(typesOf(desk.wait(DAY_MS))).toEqual(['sendStarted']);
  });

  it('begins its two days of retries when it leaves', () => {
    const desk = openTicket();
    const { message } = desk.reply({ sendAt: desk.in(30 * DAY_MS) });
    desk.wait(30 * DAY_MS);
    expect(desk.ticket.sends[message]).toMatchObject({ state: 'sending', since: desk.now });
  });

  it('by moving the undo seconds is cancelled by solving like any other', () => {
    const desk = openTicket();
    const { message } = desk.reply({ undoMs: UNDO_MS });
    desk.ask({ type: 'moveSend', message, at: desk.in(DAY_MS) }, 'bo');
    desk.ask({ type: 'solve', summary: false }, 'bo');
    expect(desk.ticket.sends).toEqual({});
  });

  it('cannot be made of the undo seconds on a solved ticket', () => {
    const desk = openTicket();
    const { message } = desk.reply({ undoMs: UNDO_MS });
    desk.ask({ type: 'solve', summary: false }, 'bo');
    const { refusal } = desk.ask({ type: 'moveSend', message, at: desk.in(DAY_MS) }, 'bo');
    expect(refusal).toMatchObject({ code: 'not_allowed', details: { state: 'solved' } });
  });

  it('can be taken back in any state while it waits', () => {
    const desk = openTicket();
    const { message } = desk.reply({ sendAt: desk.in(DAY_MS) });
    desk.ask({ type: 'pend', until: desk.in(HOUR_MS), reason: null }, 'bo');
    expect(typesOf(desk.ask({ type: 'cancelSend', message }, 'ada'))).toEqual(['sendCancelled']);
    expect(desk.ask({ type: 'cancelSend', message }, 'ada')).toMatchObject({
      events: [],
      refusal: null,
    });
  });

  it.each(['cancelSend', 'moveSend'] as const)('%s is too late once it is leaving', (type) => {
    const desk = openTicket();
    const { message } = desk.reply({ undoMs: UNDO_MS });
    desk.wait(UNDO_MS);
    const ask = () => desk.ask({ type, message, at: desk.in(DAY_MS) }, 'bo').refusal?.code;
    for (const outcome of ['deferred', 'sent'] as const) {
      expect(ask()).toBe('too_late');
      desk.deliver(message, outcome);
    }
    expect(ask()).toBe('too_late');
  });

  it.each(['cancelSend', 'moveSend', 'resend'] as const)('%s needs a known mail', (type) => {
    const desk = openTicket();
    const outcome = desk.ask({ type, message: 'nope', at: desk.in(DAY_MS) }, 'bo');
    expect(outcome.refusal?.code).toBe('not_found');
  });

  it.each([
    [START, 'date_in_past'],
    ['soon', 'validation'],
  ])('is not moved to %s', (at, code) => {
    const desk = openTicket();
    const { message } = desk.reply({ sendAt: desk.in(DAY_MS) });
    expect(desk.ask({ type: 'moveSend', message, at }, 'bo').refusal?.code).toBe(code);
  });
});
