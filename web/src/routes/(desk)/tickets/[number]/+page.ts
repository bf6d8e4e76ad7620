import { error } from '@sveltejs/kit';
import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import { loadTicket } from '#lib/ticket/open-ticket.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const number = Number(params.number);
  if (!Number.isSafeInteger(number) || number < 1)
    error(404, `There is no ticket ${params.number}.`);
  const whole = untrack(() => url);
  return { loaded: await loading(whole, () => loadTicket(new ApiClient(fetch), number)) };
};
