import type { IconName } from '../icons/icon-name.ts';
import type { Counts } from '../api/types.ts';

export const VIEWS = ['open', 'new', 'team', 'pending', 'solved'] as const;
export type View = (typeof VIEWS)[number];

/** How a view looks; what it is called is in `t.list.views`. */
export const VIEW_LOOKS = {
  open: { icon: 's-open', tone: 's-open' },
  new: { icon: 's-new', tone: 's-new' },
  team: { icon: 'people', tone: '' },
  pending: { icon: 's-pending', tone: 's-pending' },
  solved: { icon: 's-solved', tone: 's-solved' },
} as const satisfies Record<View, { icon: IconName; tone: string }>;

/** The view that a word of an address names. */
export function viewOf(word: string): View | undefined {
  return VIEWS.find((view) => view === word);
}

/** How many tickets a view holds; null for views that are not counted. */
export function countOf(view: View, counts: Counts | null): number | null {
  return view === 'solved' || counts === null ? null : counts[view];
}

export const SORTS = ['newest', 'waiting'] as const;
export type Sort = (typeof SORTS)[number];

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
