import type { Ticket } from '../src/lib/api/types.ts';

/** An open ticket as a list gives it, but for what a test is about. */
export function ticketItem(change: Partial<Ticket> = {}): Ticket {
  return {
    number: 1,
    subject: 'A lamp',
    state: 'open',
    customer: { id: 'c', name: 'Eleanor', email: 'e@x.test' },
    owner: null,
    team: null,
    participants: [],
    labels: [],
    snippet: '',
    unread: false,
    turn: 'ours',
    waitingSince: null,
    createdAt: '2026-11-24T11:14:00.000Z',
    lastMessageAt: null,
    pendingUntil: null,
    autoSolveAt: null,
    solvedAt: null,
    solvedBy: null,
    undelivered: null,
    ...change,
  };
}
