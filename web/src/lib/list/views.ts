import type { IconName } from '../icons/icon-name.ts';
import type { Counts } from '../api/types.ts';

export const VIEWS = ['open', 'new', 'team', 'pending', 'solved'] as const;
export type View = (typeof VIEWS)[number];

interface ViewWords {
  title: string;
  icon: IconName;
  tone: string;
  emptyTitle: string;
  emptyText: string;
}

export const VIEW_WORDS = {
  open: {
    title: 'Open',
    icon: 's-open',
    tone: 's-open',
    emptyTitle: 'Nothing waits for you',
    emptyText: 'Tickets that you own or take part in stand here.',
  },
  new: {
    title: 'New',
    icon: 's-new',
    tone: 's-new',
    emptyTitle: 'No new tickets',
    emptyText: 'Mail that nobody has claimed yet stands here.',
  },
  team: {
    title: 'Team',
    icon: 'people',
    tone: '',
    emptyTitle: 'Nothing open in your teams',
    emptyText: 'Open tickets of the others in your teams stand here.',
  },
  pending: {
    title: 'Pending',
    icon: 's-pending',
    tone: 's-pending',
    emptyTitle: 'Nothing is on hold',
    emptyText: 'Tickets that come back on a date stand here.',
  },
  solved: {
    title: 'Solved',
    icon: 's-solved',
    tone: 's-solved',
    emptyTitle: 'No solved tickets',
    emptyText: 'Solved tickets can be searched and reopened here.',
  },
} as const satisfies Record<View, ViewWords>;

/** The view that a word of an address names. */
export function viewOf(word: string): View | undefined {
  return VIEWS.find((view) => view === word);
}

/** How many tickets a view holds; null for views that are not counted. */
export function countOf(view: View, counts: Counts | null): number | null {
  return view === 'solved' || counts === null ? null : counts[view];
}

export type Sort = 'newest' | 'waiting';

/** What a list shows; kept in the address, so that a link shows the same list. */
export interface ListQuery {
  view: View;
  sort: Sort;
  q: string;
  label: string;
  team: string;
}

export function readListQuery(view: View, search: URLSearchParams): ListQuery {
  return {
    view,
    sort: search.get('sort') === 'waiting' ? 'waiting' : 'newest',
    q: search.get('q') ?? '',
    label: search.get('label') ?? '',
    team: search.get('team') ?? '',
  };
}

/** The address of a list. */
export function listPath(query: ListQuery): string {
  const search = new URLSearchParams();
  if (query.sort !== 'newest') search.set('sort', query.sort);
  for (const key of ['q', 'label', 'team'] as const) if (query[key]) search.set(key, query[key]);
  const text = search.toString();
  return `/${query.view}${text === '' ? '' : `?${text}`}`;
}

/** The address of a ticket that remembers the list it was opened from. */
export function ticketPath(number: number, query: ListQuery): string {
  const list = new URL(listPath(query), 'http://list');
  list.searchParams.set('view', query.view);
  return `/tickets/${number}?${list.searchParams.toString()}`;
}
