import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack }) => {
  const whole = untrack(() => url);
  const { items } = await loading(whole, () => new ApiClient(fetch).settings.knowledgeBases());
  return { bases: items };
};
