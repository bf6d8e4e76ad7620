import type { TicketState } from '../ticket/ticket.ts';
import { DAY_MS, Desk, WINDOW_MS } from './desk.ts';

/** Tickets that came to their state by commands, as real ones do. */

export function newTicket(): Desk {
  const desk = new Desk();
  desk.mail();
  return desk;
}

export function openTicket(owner = 'bo'): Desk {
  const desk = newTicket();
  desk.ask({ type: 'claim', agent: owner, takeover: false }, owner);
  return desk;
}

/** On hold for a day. */
export function pendingTicket(owner = 'bo'): Desk {
  const desk = openTicket(owner);
  desk.ask({ type: 'pend', until: desk.in(DAY_MS), reason: 'reason-1' }, owner);
  return desk;
}

export function solvedTicket(owner = 'bo'): Desk {
  const desk = openTicket(owner);
  desk.ask({ type: 'solve', summary: false }, owner);
  return desk;
}

export function closedTicket(owner = 'bo'): Desk {
  const desk = solvedTicket(owner);
  desk.wait(WINDOW_MS);
  return desk;
}

export const ticketIn: { [state in TicketState | 'closed']: () => Desk } = {
  new: newTicket,
  open: openTicket,
  pending: pendingTicket,
  solved: solvedTicket,
  closed: closedTicket,
};
