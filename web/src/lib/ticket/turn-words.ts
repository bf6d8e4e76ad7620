import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';

export interface TurnWords {
  text: string;
  /** Whether it is for the reader to act: their own ticket, or one that nobody has claimed. */
  yours: boolean;
}

/** Whose turn it is and since when; null when the ticket is over. */
export function turnWords(
  ticket: Ticket,
  now: number,
  me: string,
  { t, dates }: Speech,
): TurnWords | null {
  const words = t.ticket;
  if (ticket.state === 'solved') return null;
  if (ticket.turn === 'customer') {
    const { name } = ticket.customer;
    return { text: name ? words.customersTurn(name) : words.aCustomersTurn, yours: false };
  }
  const since = ticket.waitingSince;
  const waiting = since && words.waiting(dates.duration(now - Date.parse(since)));
  const { owner } = ticket;
  if (owner === null) {
    return { text: waiting ? words.unclaimedSince(waiting) : words.unclaimed, yours: true };
  }
  const yours = owner.id === me;
  const turn = yours ? words.yourTurn : words.agentsTurn(firstName(owner.name) || words.aColleague);
  return { text: waiting ? words.turnSince(turn, waiting) : turn, yours };
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
