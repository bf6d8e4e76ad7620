import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../testing/desk.ts';
import type { Desk } from '../testing/desk.ts';
import { ticketIn } from '../testing/tickets.ts';
import { allowedIn, refusalIn } from './allowed.ts';
import { outsideCommands } from './commands.ts';
import type { CommandBody, OutsideCommand } from './commands.ts';
import { ticketStates } from './ticket.ts';
import type { TicketState } from './ticket.ts';

const everywhere: readonly TicketState[] = ticketStates;
const unsolved: readonly TicketState[] = ['new', 'open', 'pending'];

/** The second column of product.md's lifecycle table. */
const product: [OutsideCommand, readonly TicketState[]][] = [
  ['receive', everywhere],
  ['compose', []],
  ['deflect', []],
  ['claim', ['new', 'open']],
  ['assign', unsolved],
  ['release', ['open', 'pending']],
  ['reply', everywhere],
  ['pend', unsolved],
  ['resume', ['pending']],
  ['solve', unsolved],
  ['autoSolve', unsolved],
  ['reopen', ['solved']],
  ['invite', unsolved],
  ['uninvite', unsolved],
  ['changeTeam', unsolved],
  ['delivery', everywhere],
  ['cancelSend', everywhere],
  ['moveSend', everywhere],
  ['resend', everywhere],
  ['label', everywhere],
  ['unlabel', everywhere],
  ['note', everywhere],
  ['rename', everywhere],
  ['rate', everywhere],
  ['settle', unsolved],
  ['sendLink', everywhere],
  ['sync', everywhere],
];

/** A command that lacks nothing but, perhaps, the right state. */
function wellFormed(desk: Desk, type: OutsideCommand): CommandBody {
  const fields = {
    mail: desk.storeMail(),
    message: desk.write({ undoMs: 60_000 }),
    exchange: 'exchange-1',
    agent: 'bo',
    takeover: true,
    until: desk.in(DAY_MS),
    reason: null,
    summary: true,
    at: desk.in(HOUR_MS),
    team: 'support',
    label: 'vip',
    note: 'note-1',
    rating: 'rating-1',
    subject: 'subject-2',
    outcome: 'sent',
    attempt: null,
    atOnce: false,
  } as const;
  // There are more commands than TypeScript tells apart by their type alone.
  const body: CommandBody = JSON.parse(JSON.stringify({ type, ...fields }));
  return body;
}

describe('what is allowed in which state', () => {
  it('is said of every command', () => {
    expect(product.map(([command]) => command).sort()).toEqual([...outsideCommands].sort());
  });

  it.each(product)('%s: as product.md has it', (command, states) => {
    expect(allowedIn[command]).toEqual(states);
  });

  describe.each(['new', 'open', 'pending', 'solved', 'closed'] as const)('on %s', (place) => {
    it.each(outsideCommands)('%s is decided as the table says', (command) => {
      const desk = ticketIn[place]();
      const { state } = desk.ticket;
      const before = desk.ticket;
      const { refusal } = desk.ask(wellFormed(desk, command), 'bo');
      const allowed: readonly TicketState[] = allowedIn[command];
      const early = refusalIn(before, command);
      if (allowed.includes(state)) {
        expect(early).toBeNull();
        // These ask for a mail that has been queued: its own state may say no.
        const asksForMail = ['cancelSend', 'moveSend', 'resend'].includes(command);
        if (!asksForMail) expect(refusal).toBeNull();
      } else {
        expect(refusal).toEqual(early);
        expect(refusal).toMatchObject({ code: 'not_allowed', details: { state, allowed } });
        expect(desk.ticket).toBe(before);
      }
    });
  });

  it('is refused in words that say where it would be allowed', () => {
    expect(refusalIn({ state: 'solved' }, 'pend')?.message).toBe(
      'It is solved; only new, open, pending tickets can be set to pending.',
    );
    expect(refusalIn({ state: 'open' }, 'compose')?.message).toBe(
      'It is open; only tickets not yet begun can be composed.',
    );
  });
});
