import { error } from '@sveltejs/kit';
import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, parent, url, untrack }) => {
  const number = Number(params.number);
  if (!Number.isSafeInteger(number) || number < 1) error(404, { message: '', code: 'not_found' });
  const whole = untrack(() => url);
  const { cache } = await parent();
  return { kept: await loading(whole, () => cache.tickets.take(new ApiClient(fetch), number)) };
};
