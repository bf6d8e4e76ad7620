import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const whole = untrack(() => url);
  const ask = () => new ApiClient(fetch).settings.oneCanned(params.id);
  return { response: await loading(whole, ask) };
};
