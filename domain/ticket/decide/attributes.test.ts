import { describe, expect, it } from 'vitest';
import { remindersIn, typesOf } from '../../testing/outcome.ts';
import { newTicket, ticketIn } from '../../testing/tickets.ts';

const everywhere = ['new', 'open', 'pending', 'solved', 'closed'] as const;

describe.each(everywhere)('on a %s ticket', (state) => {
  it('labels, notes and the subject change nothing but themselves', () => {
    const desk = ticketIn[state]();
    const before = desk.ticket;
    expect(typesOf(desk.ask({ type: 'label', label: 'vip' }, 'ada'))).toEqual(['labelled']);
    expect(typesOf(desk.ask({ type: 'label', label: 'urgent' }, 'ada'))).toEqual(['labelled']);
    expect(typesOf(desk.ask({ type: 'unlabel', label: 'vip' }, 'ada'))).toEqual(['unlabelled']);
    expect(typesOf(desk.ask({ type: 'note', note: 'note-1' }, 'ada'))).toEqual(['noted']);
    expect(typesOf(desk.ask({ type: 'rename', subject: 'subject-2' }, 'ada'))).toEqual(['renamed']);
    const changed = { labels: ['urgent'], subject: 'subject-2', seq: before.seq + 5 };
    expect(desk.ticket).toEqual({ ...before, ...changed });
  });
});

describe('labels', () => {
  it('are on a ticket once', () => {
    const desk = newTicket();
    desk.ask({ type: 'label', label: 'vip' });
    expect(desk.ask({ type: 'label', label: 'vip' }).events).toEqual([]);
    expect(desk.ticket.labels).toEqual(['vip']);
  });

  it('that are unknown are refused when set and ignored when taken off', () => {
    const desk = newTicket();
    expect(desk.ask({ type: 'label', label: 'nope' }).refusal?.code).toBe('not_found');
    expect(desk.ask({ type: 'unlabel', label: 'nope' })).toMatchObject({
      events: [],
      refusal: null,
    });
  });
});

describe('notes', () => {
  it('remind whom they mention, but not their writer and nobody deactivated', () => {
    const desk = newTicket();
    desk.notes['note-2'] = ['bo', 'ada', 'ada', 'ida', 'zed'];
    const outcome = desk.ask({ type: 'note', note: 'note-2' }, 'bo');
    expect(remindersIn(outcome)).toEqual([{ kind: 'mentioned', console: ['ada'], mail: ['ada'] }]);
  });

  it('remind by mail only who wants mail of mentions', () => {
    const desk = newTicket();
    desk.notes['note-2'] = ['ada', 'eve'];
    desk.agents.ada = { active: true, teams: [], noMailFor: ['mentioned'] };
    desk.agents.eve = { active: true, teams: [], noMailFor: ['invited'] };
    const outcome = desk.ask({ type: 'note', note: 'note-2' }, 'bo');
    const console = ['ada', 'eve'];
    expect(remindersIn(outcome)).toEqual([{ kind: 'mentioned', console, mail: ['eve'] }]);
  });

  it('that are unknown are refused', () => {
    expect(newTicket().ask({ type: 'note', note: 'nope' }).refusal?.code).toBe('not_found');
  });
});

describe('the subject', () => {
  it('that it has already changes nothing', () => {
    expect(newTicket().ask({ type: 'rename', subject: 'subject-1' }).events).toEqual([]);
  });

  it('of an unknown text is refused', () => {
    expect(newTicket().ask({ type: 'rename', subject: 'nope' }).refusal?.code).toBe('not_found');
  });
});
