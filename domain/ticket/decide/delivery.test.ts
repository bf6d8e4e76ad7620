import { describe, expect, it } from 'vitest';
import { DAY_MS, Desk, HOUR_MS, MINUTE_MS, SECOND_MS, WINDOW_MS } from '../../testing/desk.ts';
import { eventsOf, remindersIn, typesOf } from '../../testing/outcome.ts';
import {
  closedTicket,
  newTicket,
  openTicket,
  pendingTicket,
  ticketIn,
} from '../../testing/tickets.ts';

const everywhere = ['new', 'open', 'pending', 'solved', 'closed'] as const;

/** A ticket in a state with a reply of bo's that is being sent. */
function sendingIn(state: (typeof everywhere)[number]): { desk: Desk; message: string } {
  const desk = openTicket('bo');
  const { message } = desk.reply();
  if (state === 'new') desk.ask({ type: 'release' }, 'bo');
  if (state === 'pending') {
    desk.ask({ type: 'pend', until: desk.in(DAY_MS), reason: null }, 'bo');
  }
  if (state === 'solved' || state === 'closed') desk.ask({ type: 'solve', summary: false }, 'bo');
  if (state === 'closed') {
    desk.deliver(message, 'uncertain');
    desk.wait(WINDOW_MS);
    desk.ask({ type: 'resend', message }, 'bo');
  }
  return { desk, message };
}

describe.each(everywhere)('on a %s ticket', (state) => {
  it.each(['sent', 'deferred', 'uncertain'] as const)(
    '%s is the state of the message and changes nothing else',
    (outcome) => {
      const { desk, message } = sendingIn(state);
      const { sends: _, ...before } = desk.ticket;
      expect(desk.deliver(message, outcome).events).toMatchObject([
        { type: 'delivery', message, outcome, by: { kind: 'desk' } },
      ]);
      expect(desk.ticket).toMatchObject({ ...before, seq: before.seq + 1 });
      expect(Object.keys(desk.ticket.sends)).toEqual(outcome === 'deferred' ? [message] : []);
    },
  );

  it('an uncertain mail is not sent again by itself, and arrived settles it', () => {
    const { desk, message } = sendingIn(state);
    desk.deliver(message, 'uncertain');
    expect(desk.timers.some(({ kind }) => kind === 'send')).toBe(false);
    expect(typesOf(desk.deliver(message, 'arrived'))).toEqual(['delivery']);
    expect(desk.messages[message]?.delivery).toBe('sent');
  });
});

describe('a mail that failed or bounced', () => {
  const failing = ['failed', 'bounced'] as const;

  it.each(failing)('on open (%s) reminds the owner', (outcome) => {
    const { desk, message } = sendingIn('open');
    const done = desk.deliver(message, outcome);
    expect(remindersIn(done)).toEqual([{ kind: 'delivery_failed', console: ['bo'], mail: ['bo'] }]);
    expect(eventsOf(done, 'reminded')).toMatchObject([{ message }]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo' });
  });

  it('on open reminds the owner, not the writer', () => {
    const desk = openTicket('bo');
    const { message } = desk.reply({ writer: 'ada' });
    expect(remindersIn(desk.deliver(message, 'failed'))).toMatchObject([{ console: ['bo'] }]);
  });

  it.each(failing)('on pending (%s) opens the ticket and cancels its callback', (outcome) => {
    const { desk, message } = sendingIn('pending');
    const due = desk.ticket.callback?.at;
    const done = desk.deliver(message, outcome);
    expect(eventsOf(done, 'resumed')).toMatchObject([{ why: 'delivery', due }]);
    expect(remindersIn(done)).toMatchObject([{ kind: 'delivery_failed', console: ['bo'] }]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', callback: null });
  });

  it.each(failing)("on solved (%s) opens it for the owner if it was an agent's", (outcome) => {
    const { desk, message } = sendingIn('solved');
    const done = desk.deliver(message, outcome);
    expect(eventsOf(done, 'reopened')).toMatchObject([{ why: 'delivery', owner: 'bo' }]);
    expect(remindersIn(done)).toMatchObject([{ kind: 'delivery_failed', console: ['bo'] }]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', close: null });
  });

  it('on solved without an active owner reminds its writer and stays solved', () => {
    const desk = openTicket('bo');
    const { message } = desk.reply({ writer: 'ada' });
    desk.ask({ type: 'solve', summary: false }, 'bo');
    desk.agents['bo'] = { active: false, teams: [] };
    expect(remindersIn(desk.deliver(message, 'failed'))).toMatchObject([{ console: ['ada'] }]);
    expect(desk.ticket.state).toBe('solved');
  });

  it.each(['summary', 'acknowledgement'] as const)(
    'on solved is only listed when it is a %s',
    (kind) => {
      const desk = new Desk();
      desk.acknowledge = kind === 'acknowledgement';
      desk.mail();
      desk.ask({ type: 'solve', summary: kind === 'summary' }, 'bo');
      const [message = ''] = Object.keys(desk.ticket.sends);
      expect(typesOf(desk.deliver(message, 'failed'))).toEqual(['delivery']);
      expect(desk.ticket.state).toBe('solved');
    },
  );

  it('on new reminds its writer', () => {
    const { desk, message } = sendingIn('new');
    expect(remindersIn(desk.deliver(message, 'failed'))).toMatchObject([{ console: ['bo'] }]);
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null });
  });

  it('on new reminds nobody when the desk wrote it', () => {
    const desk = new Desk();
    desk.acknowledge = true;
    desk.mail();
    const [message = ''] = Object.keys(desk.ticket.sends);
    expect(typesOf(desk.deliver(message, 'failed'))).toEqual(['delivery']);
  });

  it.each(failing)('on closed (%s) reminds its writer and stays closed', (outcome) => {
    const { desk, message } = sendingIn('closed');
    const done = desk.deliver(message, outcome);
    expect(remindersIn(done)).toMatchObject([{ kind: 'delivery_failed', console: ['bo'] }]);
    expect(desk.ticket).toMatchObject({ state: 'solved', closed: true });
  });

  it.each(everywhere)('makes no reminder and no change on %s when it is a reminder', (state) => {
    const desk = ticketIn[state]();
    desk.notes['note-2'] = ['ada'];
    const outcome = desk.ask({ type: 'note', note: 'note-2' }, 'bo');
    const [queued] = eventsOf(outcome, 'queued');
    const { sends: _, ...before } = desk.ticket;
    expect(typesOf(desk.deliver(queued?.message ?? '', 'failed'))).toEqual(['delivery']);
    expect(desk.ticket).toMatchObject({ ...before, seq: before.seq + 1 });
  });
});

describe('a mail that was sent to some of its recipients only', () => {
  it.each(everywhere)('on a %s ticket reminds a person, and changes nothing else', (state) => {
    const { desk, message } = sendingIn(state);
    const sending = desk.messages[message];
    if (sending) desk.messages[message] = { ...sending, refusedSome: true };
    const { sends: _, ...before } = desk.ticket;
    const done = desk.deliver(message, 'sent');
    expect(eventsOf(done, 'delivery')).toMatchObject([{ outcome: 'sent' }]);
    expect(remindersIn(done)).toEqual([{ kind: 'delivery_failed', console: ['bo'], mail: ['bo'] }]);
    const { sends: __, ...after } = desk.ticket;
    expect(after).toEqual({ ...before, seq: after.seq });
  });

  it('reminds nobody again when a person says that it has arrived', () => {
    const { desk, message } = sendingIn('open');
    const sending = desk.messages[message];
    desk.deliver(message, 'failed');
    if (sending) desk.messages[message] = { ...sending, delivery: 'failed', refusedSome: true };
    const told = { type: 'delivery', message, outcome: 'sent', attempt: null } as const;
    expect(typesOf(desk.ask({ ...told, atOnce: false }))).toEqual(['delivery']);
  });
});

describe('a temporary refusal', () => {
  it('is tried again after waits that grow, for two days, and then has failed', () => {
    const desk = openTicket();
    const { message } = desk.reply();
    const waits: number[] = [];
    for (;;) {
      const [delivery] = eventsOf(desk.deliver(message, 'deferred'), 'delivery');
      expect(delivery).toMatchObject({ attempt: waits.length + 1 });
      if (delivery?.outcome === 'failed') break;
      waits.push(Date.parse(delivery?.next ?? '') - Date.parse(desk.now));
      desk.wait(waits.at(-1) ?? 0);
    }
    expect(waits.slice(0, 7)).toEqual(
      [0.5, 2, 10, 30, 60, 120, 120].map((minutes) => minutes * MINUTE_MS),
    );
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(total).toBeLessThanOrEqual(2 * DAY_MS);
    expect(total).toBeGreaterThan(2 * DAY_MS - 3 * HOUR_MS);
    expect(remindersIn(desk.log)).toMatchObject([{ kind: 'delivery_failed', console: ['bo'] }]);
    expect(desk.timers).toEqual([]);
  });

  it('is tried again at once when the attempt was lost before anything was handed over', () => {
    const desk = openTicket();
    const { message } = desk.reply();
    const lost = { type: 'delivery', message, attempt: 1, atOnce: true } as const;
    expect(desk.ask({ ...lost, outcome: 'deferred' }).events).toMatchObject([{ next: desk.now }]);
    expect(eventsOf(desk.wait(0), 'sendStarted')).toMatchObject([{ attempt: 2 }]);
  });
});

describe('old news of a delivery', () => {
  it('about an attempt that is over changes nothing', () => {
    const desk = openTicket();
    const { message } = desk.reply();
    desk.deliver(message, 'deferred');
    desk.wait(MINUTE_MS);
    const late = { type: 'delivery', message, attempt: 1, atOnce: false } as const;
    expect(desk.ask({ ...late, outcome: 'failed' })).toMatchObject({ events: [], refusal: null });
    expect(desk.ticket.sends[message]).toMatchObject({ state: 'sending', attempt: 2 });
  });

  it.each([
    ['sent', ['sent', 'deferred', 'uncertain', 'failed', 'arrived']],
    ['failed', ['sent', 'deferred', 'uncertain', 'failed', 'bounced']],
    ['uncertain', ['sent', 'deferred', 'uncertain', 'failed']],
    ['bounced', ['sent', 'deferred', 'uncertain', 'failed', 'bounced']],
  ] as const)('after it was %s changes nothing', (first, laters) => {
    const { desk, message } = sendingIn('open');
    desk.deliver(message, first);
    const { ticket } = desk;
    for (const outcome of laters) {
      desk.ask({ type: 'delivery', message, outcome, attempt: 1, atOnce: false });
    }
    expect(desk.ticket).toBe(ticket);
  });

  it.each([
    ['sent', 'failed'],
    ['uncertain', 'failed'],
    ['uncertain', 'sent'],
    ['failed', 'sent'],
    ['bounced', 'sent'],
  ] as const)('after it was %s it is %s when a person says so', (first, outcome) => {
    const { desk, message } = sendingIn('open');
    desk.deliver(message, first);
    desk.ask({ type: 'delivery', message, outcome, attempt: null, atOnce: false });
    expect(desk.messages[message]?.delivery).toBe(outcome);
  });

  it.each(['deferred', 'uncertain'] as const)(
    'a person who says that a sent mail is %s does not have it sent again',
    (outcome) => {
      const { desk, message } = sendingIn('open');
      desk.deliver(message, 'sent');
      const { ticket } = desk;
      desk.ask({ type: 'delivery', message, outcome, attempt: null, atOnce: false });
      expect(desk.ticket).toBe(ticket);
    },
  );

  it.each(['sent', 'deferred', 'uncertain', 'failed', 'arrived'] as const)(
    'a person cannot say that a mail is %s while its attempt runs',
    (outcome) => {
      const { desk, message } = sendingIn('open');
      const told = desk.ask({ type: 'delivery', message, outcome, attempt: null, atOnce: false });
      expect(told.refusal).toMatchObject({ code: 'not_allowed', details: { state: 'sending' } });
      desk.wait(3 * DAY_MS);
      expect(eventsOf(desk.log, 'sendStarted')).toHaveLength(1);
      expect(typesOf(desk.deliver(message, 'sent'))).toEqual(['delivery']);
    },
  );

  it('about a mail that has not left changes nothing', () => {
    const desk = openTicket();
    const { message } = desk.reply({ undoMs: 5 * SECOND_MS });
    const { ticket } = desk;
    desk.deliver(message, 'sent');
    desk.deliver(message, 'bounced');
    expect(desk.ticket).toBe(ticket);
  });

  it('about a mail of another ticket is refused', () => {
    expect(newTicket().deliver('nope', 'sent').refusal?.code).toBe('not_found');
  });
});

describe('resend', () => {
  it.each(['failed', 'bounced', 'uncertain'] as const)(
    'tries a mail that was %s once more, as another attempt',
    (outcome) => {
      const { desk, message } = sendingIn('open');
      desk.deliver(message, outcome);
      desk.sleep(DAY_MS);
      const again = desk.ask({ type: 'resend', message }, 'ada');
      expect(eventsOf(again, 'sendStarted')).toMatchObject([{ message, attempt: 2 }]);
      expect(desk.ticket.sends[message]).toMatchObject({ state: 'sending', since: desk.now });
      expect(typesOf(desk.deliver(message, 'sent'))).toEqual(['delivery']);
      expect(desk.messages[message]?.delivery).toBe('sent');
    },
  );

  it('sends from a closed ticket, and leaves it closed', () => {
    const { desk, message } = sendingIn('closed');
    desk.deliver(message, 'uncertain');
    desk.ask({ type: 'resend', message }, 'bo');
    expect(desk.ticket).toMatchObject({ state: 'solved', closed: true });
  });

  it('does not do again what followed the mail', () => {
    const desk = openTicket();
    const { message } = desk.reply({ then: { solve: { summary: false } } });
    desk.deliver(message, 'failed');
    expect(desk.ticket.state).toBe('open');
    expect(typesOf(desk.ask({ type: 'resend', message }, 'bo'))).toEqual(['queued', 'sendStarted']);
    expect(desk.ticket.state).toBe('open');
  });

  it.each([
    ['is being sent', 'sending'],
    ['was sent', 'sent'],
    ['is tried again', 'deferred'],
  ] as const)('of a mail that %s is refused', (_, state) => {
    const { desk, message } = sendingIn('open');
    if (state !== 'sending') desk.deliver(message, state);
    expect(desk.ask({ type: 'resend', message }, 'bo').refusal).toMatchObject({
      code: 'not_allowed',
      details: { state, allowed: ['failed', 'bounced', 'uncertain'] },
    });
  });
});

describe('a bounce', () => {
  it.each(everywhere)('is taken on a %s ticket as its row says', (state) => {
    const { desk, message } = sendingIn(state);
    desk.deliver(message, 'sent');
    desk.bounce(message);
    const after = { new: 'new', open: 'open', pending: 'open', solved: 'open', closed: 'solved' };
    expect(desk.ticket.state).toBe(after[state]);
    expect(desk.messages[message]?.delivery).toBe('bounced');
  });

  it('that comes before the answer of the server has the last word', () => {
    const { desk, message } = sendingIn('open');
    desk.bounce(message);
    const late = { type: 'delivery', message, attempt: 1, atOnce: false } as const;
    expect(desk.ask({ ...late, outcome: 'sent' }).events).toEqual([]);
    expect(desk.messages[message]?.delivery).toBe('bounced');
  });

  it('of a ticket that came to be pending again resumes it with its own reminders', () => {
    const desk = pendingTicket();
    const { message } = desk.reply();
    desk.deliver(message, 'sent');
    const outcome = desk.bounce(message);
    expect(typesOf(outcome)).toEqual([
      'received',
      'delivery',
      'resumed',
      'reminded',
      'queued',
      'sendStarted',
    ]);
    const [reminded] = eventsOf(outcome, 'reminded');
    expect(eventsOf(outcome, 'queued')).toMatchObject([
      { message: `reminder-7-${reminded?.seq}-bo`, upTo: reminded?.seq, to: 'bo' },
    ]);
  });

  it('of a closed ticket is recorded on it, not on a follow-up', () => {
    const desk = closedTicket();
    expect(desk.mail({ automatic: true }).followUp).toBe(false);
  });
});
