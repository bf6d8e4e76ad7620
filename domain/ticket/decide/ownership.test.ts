import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../testing/desk.ts';
import type { Desk } from '../../testing/desk.ts';
import { eventsOf, remindersIn, typesOf } from '../../testing/outcome.ts';
import { newTicket, openTicket, pendingTicket, ticketIn } from '../../testing/tickets.ts';

const claim = (desk: Desk, agent: string, takeover = false) =>
  desk.ask({ type: 'claim', agent, takeover }, agent);

/** Work is given only to agents of this company who are active. */
const notForWork = [
  ['an unknown agent, or one of another company,', 'zed', 'not_found'],
  ['an agent named as every object has it', 'constructor', 'not_found'],
  ['a deactivated agent', 'ida', 'agent_inactive'],
] as const;

describe('claim', () => {
  it('opens a new ticket for the agent', () => {
    const desk = newTicket();
    expect(eventsOf(claim(desk, 'bo'), 'claimed')).toMatchObject([{ agent: 'bo', from: null }]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo' });
  });

  it('by another agent is refused, naming the owner', () => {
    const desk = openTicket('bo');
    const before = desk.ticket;
    expect(claim(desk, 'ada').refusal).toMatchObject({
      code: 'already_claimed',
      details: { owner: 'bo' },
    });
    expect(desk.ticket).toBe(before);
  });

  it('by another agent who takes it over is explicit and moves it', () => {
    const desk = openTicket('bo');
    expect(eventsOf(claim(desk, 'ada', true), 'claimed')).toMatchObject([
      { agent: 'ada', from: 'bo' },
    ]);
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'ada' });
  });

  it.each([false, true])('by the same agent twice does nothing (takeover %s)', (takeover) => {
    const desk = openTicket('bo');
    expect(claim(desk, 'bo', takeover)).toMatchObject({ events: [], refusal: null });
  });

  it('by a participant makes them owner, and no participant any more', () => {
    const desk = openTicket('bo');
    desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
    claim(desk, 'ada', true);
    expect(desk.ticket).toMatchObject({ owner: 'ada', participants: [] });
  });

  it('at once by two agents is won by exactly one', () => {
    const desk = newTicket();
    const codes = [claim(desk, 'bo'), claim(desk, 'ada')].map(({ refusal }) => refusal?.code);
    expect(codes).toEqual([undefined, 'already_claimed']);
    expect(desk.ticket.owner).toBe('bo');
  });

  it.each(notForWork)('for %s is refused', (_, agent, code) => {
    const desk = newTicket();
    expect(desk.ask({ type: 'claim', agent, takeover: false }).refusal?.code).toBe(code);
  });
});

describe('assign', () => {
  it.each([
    ['new', 'open'],
    ['open', 'open'],
    ['pending', 'pending'],
  ] as const)('gives a %s ticket to the agent, which is then %s', (before, after) => {
    const desk = ticketIn[before]();
    const from = desk.ticket.owner;
    const outcome = desk.ask({ type: 'assign', agent: 'ada' }, 'bo');
    expect(eventsOf(outcome, 'assigned')).toMatchObject([{ agent: 'ada', from }]);
    expect(remindersIn(outcome)).toEqual([{ kind: 'assigned', console: ['ada'], mail: ['ada'] }]);
    expect(desk.ticket).toMatchObject({ state: after, owner: 'ada' });
  });

  it('to oneself reminds nobody', () => {
    expect(remindersIn(newTicket().ask({ type: 'assign', agent: 'bo' }, 'bo'))).toEqual([]);
  });

  it('to the owner does nothing', () => {
    expect(openTicket('bo').ask({ type: 'assign', agent: 'bo' }, 'ada').events).toEqual([]);
  });

  it('to a participant makes them owner, and no participant any more', () => {
    const desk = openTicket('bo');
    desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
    desk.ask({ type: 'assign', agent: 'ada' }, 'bo');
    expect(desk.ticket).toMatchObject({ owner: 'ada', participants: [] });
  });

  it.each(notForWork)('to %s is refused, and nothing changed', (_, agent, code) => {
    const desk = openTicket();
    const before = desk.ticket;
    expect(desk.ask({ type: 'assign', agent }, 'bo').refusal?.code).toBe(code);
    expect(desk.ticket).toBe(before);
  });
});

describe('release', () => {
  it.each(['open', 'pending'] as const)('makes a %s ticket new, without owner', (state) => {
    const desk = ticketIn[state]();
    const outcome = desk.ask({ type: 'release' }, 'bo');
    expect(eventsOf(outcome, 'released')).toMatchObject([{ from: 'bo' }]);
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null, callback: null });
  });

  it('of a pending ticket says that its callback is cancelled', () => {
    const desk = pendingTicket();
    const due = desk.ticket.callback?.at;
    expect(eventsOf(desk.ask({ type: 'release' }, 'bo'), 'callbackCancelled')).toMatchObject([
      { due, why: 'released' },
    ]);
  });

  it('may be done by any agent who sees the ticket', () => {
    const desk = openTicket('bo');
    desk.ask({ type: 'release' }, 'ada');
    expect(desk.ticket.state).toBe('new');
  });

  it('leaves auto-solve and scheduled mails as they are', () => {
    const desk = openTicket();
    desk.ask({ type: 'autoSolve', at: desk.in(DAY_MS) }, 'bo');
    desk.reply({ sendAt: desk.in(HOUR_MS) });
    desk.ask({ type: 'release' }, 'bo');
    expect(desk.timers.map(({ kind }) => kind)).toEqual(['autoSolve', 'send']);
  });
});

describe('invite and uninvite', () => {
  it.each(['new', 'open', 'pending'] as const)(
    'an agent takes part in a %s ticket and is told, until uninvited',
    (state) => {
      const desk = ticketIn[state]();
      const outcome = desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
      expect(remindersIn(outcome)).toEqual([{ kind: 'invited', console: ['ada'], mail: ['ada'] }]);
      expect(desk.ticket.participants).toEqual(['ada']);
      expect(typesOf(desk.ask({ type: 'uninvite', agent: 'ada' }, 'bo'))).toEqual(['uninvited']);
      expect(desk.ticket).toMatchObject({ participants: [], state });
    },
  );

  it('inviting oneself reminds nobody', () => {
    expect(typesOf(openTicket().ask({ type: 'invite', agent: 'ada' }, 'ada'))).toEqual(['invited']);
  });

  it('inviting the owner or the same agent again does nothing', () => {
    const desk = openTicket('bo');
    expect(desk.ask({ type: 'invite', agent: 'bo' }, 'ada').events).toEqual([]);
    desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
    expect(desk.ask({ type: 'invite', agent: 'ada' }, 'bo').events).toEqual([]);
  });

  it('uninviting somebody who takes no part does nothing', () => {
    expect(openTicket().ask({ type: 'uninvite', agent: 'zed' }, 'bo')).toMatchObject({
      events: [],
      refusal: null,
    });
  });

  it('a participant who was deactivated can be uninvited', () => {
    const desk = openTicket();
    desk.ask({ type: 'invite', agent: 'ada' }, 'bo');
    desk.agents['ada'] = { active: false, teams: [] };
    desk.ask({ type: 'uninvite', agent: 'ada' }, 'bo');
    expect(desk.ticket.participants).toEqual([]);
  });

  it.each(notForWork)('inviting %s is refused', (_, agent, code) => {
    expect(openTicket().ask({ type: 'invite', agent }, 'bo').refusal?.code).toBe(code);
  });
});

describe('changeTeam', () => {
  it('moves a new ticket', () => {
    const desk = newTicket();
    const outcome = desk.ask({ type: 'changeTeam', team: 'billing' }, 'bo');
    expect(outcome.events).toMatchObject([
      { type: 'teamChanged', team: 'billing', from: 'support' },
    ]);
    expect(desk.ticket).toMatchObject({ state: 'new', team: 'billing' });
  });

  it.each(['open', 'pending'] as const)('keeps a %s ticket whose owner is in the team', (state) => {
    const desk = ticketIn[state]();
    desk.ask({ type: 'assign', agent: 'ada' }, 'ada');
    desk.ask({ type: 'changeTeam', team: 'billing' }, 'bo');
    expect(desk.ticket).toMatchObject({ state, owner: 'ada', team: 'billing' });
  });

  it.each(['open', 'pending'] as const)(
    'makes a %s ticket new there when the owner is not in the team',
    (state) => {
      const desk = ticketIn[state]();
      const outcome = desk.ask({ type: 'changeTeam', team: 'billing' }, 'bo');
      expect(typesOf(outcome)).toContain('released');
      expect(desk.ticket).toMatchObject({
        state: 'new',
        owner: null,
        team: 'billing',
        callback: null,
      });
    },
  );

  it('makes it new when its owner is of the team but deactivated', () => {
    const desk = openTicket('eve');
    desk.agents['eve'] = { active: false, teams: ['billing'] };
    desk.ask({ type: 'changeTeam', team: 'billing' }, 'bo');
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null });
  });

  it('to no team keeps the owner', () => {
    const desk = openTicket();
    desk.ask({ type: 'changeTeam', team: null }, 'bo');
    expect(desk.ticket).toMatchObject({ state: 'open', owner: 'bo', team: null });
  });

  it('to the same team does nothing', () => {
    expect(openTicket('eve').ask({ type: 'changeTeam', team: 'support' }, 'bo').events).toEqual([]);
  });

  it('to an unknown team, or one of another company, is refused', () => {
    const outcome = openTicket().ask({ type: 'changeTeam', team: 'sales' }, 'bo');
    expect(outcome.refusal).toMatchObject({ code: 'not_found' });
  });
});
