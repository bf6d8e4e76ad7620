import type { SavedQuery, SavedView } from '../api/list-types.ts';
import { filterFields, readFilters, type FilterKey } from './filters.ts';
import { readListQuery, viewOf, type ListQuery } from './views.ts';

const LISTED: readonly FilterKey[] = ['label', 'state'];
const WHOLE: readonly FilterKey[] = ['number', 'waitingHours'];

/** A list as it is saved: in the API's words. */
export function savedFrom({ view, sort, q, filters }: ListQuery): {
  view: string;
  query: SavedQuery;
} {
  const query: SavedQuery = {};
  if (sort !== 'newest') query.sort = sort;
  if (q !== '') query.q = q;
  for (const { key } of filters) {
    const values = filterFields(filters)[key] ?? [];
    const [value = ''] = values;
    if (LISTED.includes(key)) query[key] = values;
    else if (WHOLE.includes(key)) query[key] = Number(value);
    else query[key] = key === 'unread' ? value === 'true' : value;
  }
  return { view: view === 'search' ? 'all' : view, query };
}

/** The list that was saved; another program may have saved what this console does not know. */
export function listOf({ view, query }: SavedView): ListQuery {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) search.append(key, String(one));
  }
  const list = readListQuery(viewOf(view) ?? 'search', search);
  return { ...list, filters: readFilters(search) };
}
