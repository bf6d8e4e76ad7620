import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Sort, View } from './views.ts';

export interface Group {
  key: string;
  title: string | null;
  hint: string;
  items: Ticket[];
  /** How many rows stand in the groups above. */
  before: number;
}

/** Longest waiting is grouped by whose turn it is; newest activity is flat. */
export function groupsOf(items: Ticket[], sort: Sort, view: View, say: Speech): Group[] {
  const { list } = say.t;
  if (sort === 'newest' || view === 'solved') {
    return [{ key: 'all', title: null, hint: '', items, before: 0 }];
  }
  const ours = items.filter((ticket) => ticket.turn === 'ours');
  return [
    {
      key: 'ours',
      title: list.waitingFor[view],
      hint: list.waitingHint,
      items: ours,
      before: 0,
    },
    {
      key: 'theirs',
      title: list.answered,
      hint: list.answeredHint,
      items: items.filter((ticket) => ticket.turn === 'customer'),
      before: ours.length,
    },
  ].filter((group) => group.items.length > 0);
}

/** Pending tickets that come back before the day is over: the look ahead under Open. */
export function comingBackToday(pending: Ticket[], now: number, say: Speech): Ticket[] {
  return pending
    .filter((ticket) => {
      const at = ticket.pendingUntil === null ? NaN : Date.parse(ticket.pendingUntil);
      return at > now && say.dates.daysBetween(now, at) === 0;
    })
    .sort((a, b) => Date.parse(a.pendingUntil ?? '') - Date.parse(b.pendingUntil ?? ''));
}
