import { redirect } from '@sveltejs/kit';
import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack }) => {
  const whole = untrack(() => url);
  const { settings } = new ApiClient(fetch);
  // `?from=7`: what was said on a solved ticket is what the article begins with.
  const from = untrack(() => url.searchParams.get('from'));
  const ticket = /^[1-9]\d{0,9}$/.test(from ?? '') ? Number(from) : null;
  const [{ items }, draft] = await loading(whole, () =>
    Promise.all([
      settings.knowledgeBases(),
      ticket === null ? null : settings.articleDraft(ticket),
    ]),
  );
  // Who presses twice goes on with what was begun.
  if (draft !== null && draft.article !== null) redirect(307, `/knowledge-base/${draft.article}`);
  const learnt = ticket === null || draft === null ? null : { ticket, draft };
  return { bases: items, learnt };
};
