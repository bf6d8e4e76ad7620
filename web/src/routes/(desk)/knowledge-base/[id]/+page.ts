import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const whole = untrack(() => url);
  const { settings } = new ApiClient(fetch);
  const [article, { items: bases }] = await loading(whole, () =>
    Promise.all([settings.article(params.id), settings.knowledgeBases()]),
  );
  return { article, bases };
};
