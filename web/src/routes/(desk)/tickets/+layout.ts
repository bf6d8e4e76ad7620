import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import { firstPage } from '#lib/list/ticket-list.svelte.ts';
import { readListQuery, viewOf } from '#lib/list/views.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch, parent, url, untrack }) => {
  const view = viewOf(url.searchParams.get('view') ?? '') ?? 'open';
  const query = readListQuery(view, url.searchParams);
  const whole = untrack(() => url);
  const { cache } = await parent();
  const first =
    cache.lists.find(query) ?? (await loading(whole, () => firstPage(new ApiClient(fetch), query)));
  return { query, first };
};
