import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const whole = untrack(() => url);
  return { mailbox: await loading(whole, () => new ApiClient(fetch).mailbox(params.id)) };
};
