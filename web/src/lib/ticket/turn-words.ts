import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';

export interface TurnWords {
  text: string;
  /** Whether it is for the reader to act: their own ticket, or one that nobody has claimed. */
  yours: boolean;
}

/** Whose turn it is and since when; null when the ticket is over. */
export function turnWords(ticket: Ticket, now: number, me: string, say: Speech): TurnWords | null {
  if (ticket.state === 'solved') return null;
  if (ticket.turn === 'customer') {
    return { text: `${ticket.customer.name || 'The customer'}’s turn`, yours: false };
  }
  const since = ticket.waitingSince;
  const waiting = since === null ? '' : `waiting ${say.dates.duration(now - Date.parse(since))}`;
  const { owner } = ticket;
  if (owner === null) {
    return { text: waiting === '' ? 'Unclaimed' : `Unclaimed, ${waiting}`, yours: true };
  }
  const yours = owner.id === me;
  const turn = yours ? 'Your turn' : `${firstName(owner.name)}’s turn`;
  return { text: waiting === '' ? turn : `${turn}: ${waiting}`, yours };
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] || 'A colleague';
}
