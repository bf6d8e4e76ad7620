import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import { firstPage } from '#lib/list/ticket-list.svelte.ts';
import { readListQuery } from '#lib/list/views.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const query = readListQuery(params.view, url.searchParams);
  const { cache } = await parent();
  const first =
    cache.lists.find(query) ?? (await loading(url, () => firstPage(new ApiClient(fetch), query)));
  return { query, first };
};
