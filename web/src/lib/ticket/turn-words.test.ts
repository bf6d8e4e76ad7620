import { describe, expect, it } from 'vitest';
import type { Ticket } from '../api/types.ts';
import { english } from '../../../tests/speech.ts';
import { solvedWords } from './refusals.ts';
import { turnWords } from './turn-words.ts';

const NOW = Date.parse('2026-11-23T10:12:00.000Z');
const BO = { id: 'bo', name: 'Bo Lindqvist' };

function ticket(change: Partial<Ticket>): Ticket {
  return {
    number: 7,
    subject: 'A cracked lamp',
    state: 'open',
    customer: { id: 'eleanor', name: 'Eleanor', email: 'eleanor@brightmail.test' },
    owner: BO,
    team: null,
    participants: [],
    labels: [],
    snippet: '',
    unread: false,
    turn: 'ours',
    waitingSince: '2026-11-23T08:00:00.000Z',
    createdAt: '2026-11-23T08:00:00.000Z',
    lastMessageAt: null,
    pendingUntil: null,
    autoSolveAt: null,
    solvedAt: null,
    solvedBy: null,
    undelivered: null,
    ...change,
  };
}

describe('the turn', () => {
  it('is yours on your own tickets, and a colleague’s on theirs', () => {
    const waiting = 'waiting 2 h 12 min';
    expect(turnWords(ticket({}), NOW, 'bo', english)).toEqual({
      text: `Your turn: ${waiting}`,
      yours: true,
    });
    expect(turnWords(ticket({}), NOW, 'anna', english)).toEqual({
      text: `Bo’s turn: ${waiting}`,
      yours: false,
    });
  });

  it('is anybody’s while nobody has claimed the ticket', () => {
    const unclaimed = { text: 'Unclaimed, waiting 2 h 12 min', yours: true };
    expect(turnWords(ticket({ owner: null, state: 'new' }), NOW, 'anna', english)).toEqual(
      unclaimed,
    );
  });

  it('is the customer’s after an answer, and nobody’s when it is solved', () => {
    const answered = ticket({ turn: 'customer', waitingSince: null });
    expect(turnWords(answered, NOW, 'bo', english)).toEqual({
      text: 'Eleanor’s turn',
      yours: false,
    });
    expect(turnWords(ticket({ state: 'solved' }), NOW, 'bo', english)).toBeNull();
  });
});

describe('who solved a ticket', () => {
  it('is you, or the one who did', () => {
    const solved = ticket({ state: 'solved', solvedBy: { kind: 'agent', ...BO } });
    expect(solvedWords(solved, NOW, 'bo', english)).toBe('Solved by you.');
    expect(solvedWords(solved, NOW, 'anna', english)).toBe('Solved by Bo Lindqvist.');
  });
});
