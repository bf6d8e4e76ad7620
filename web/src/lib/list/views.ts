import type { IconName } from '../icons/icon-name.ts';
import type { TicketQuery } from '../api/client.ts';
import type { Counts } from '../api/types.ts';
import { filterFields, readFilters, type Filter } from './filters.ts';

/** The views of the menu. */
export const VIEWS = ['open', 'new', 'team', 'pending', 'solved'] as const;
/** Every list of tickets: search looks everywhere. */
export const LISTS = [...VIEWS, 'search'] as const;
export type View = (typeof LISTS)[number];

/** How a view looks; what it is called is in `t.list.views`. */
export const VIEW_LOOKS = {
  open: { icon: 's-open', tone: 's-open' },
  new: { icon: 's-new', tone: 's-new' },
  team: { icon: 'people', tone: '' },
  pending: { icon: 's-pending', tone: 's-pending' },
  solved: { icon: 's-solved', tone: 's-solved' },
  search: { icon: 'search', tone: '' },
} as const satisfies Record<View, { icon: IconName; tone: string }>;

/** The view that a word of an address names. */
export function viewOf(word: string): View | undefined {
  return LISTS.find((view) => view === word);
}

/** How many tickets a view holds; null for views that are not counted. */
export function countOf(view: View, counts: Counts | null): number | null {
  return view === 'solved' || view === 'search' || counts === null ? null : counts[view];
}

export const SORTS = ['newest', 'waiting'] as const;
export type Sort = (typeof SORTS)[number];

/** What a list shows; kept in the address, so that a link shows the same list. */
export interface ListQuery {
  view: View;
  sort: Sort;
  /** Words that are looked for everywhere in a ticket. */
  q: string;
  filters: Filter[];
}

export function readListQuery(view: View, search: URLSearchParams): ListQuery {
  return {
    view,
    sort: search.get('sort') === 'waiting' ? 'waiting' : 'newest',
    q: search.get('q') ?? '',
    filters: readFilters(search),
  };
}

/** Whether the list shows less than its whole view. */
export function isNarrowed({ q, filters }: ListQuery): boolean {
  return q !== '' || filters.length > 0;
}

/** The address of a list. */
export function listPath(query: ListQuery): string {
  const text = searchOf(query).toString();
  return `/${query.view}${text === '' ? '' : `?${text}`}`;
}

/** The address of a ticket that remembers the list it was opened from. */
export function ticketPath(number: number, query: ListQuery): string {
  const search = searchOf(query);
  search.set('view', query.view);
  return `/tickets/${number}?${search.toString()}`;
}

function searchOf({ sort, q, filters }: ListQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (sort !== 'newest') search.set('sort', sort);
  if (q !== '') search.set('q', q);
  for (const { key, value } of filters) search.append(key, value);
  return search;
}

/** As GET /tickets takes it. */
export function ticketQuery({ view, sort, q, filters }: ListQuery): TicketQuery {
  return { view: view === 'search' ? 'all' : view, sort, q, ...filterFields(filters) };
}
