import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const whole = untrack(() => url);
  const { settings, articles } = new ApiClient(fetch);
  const [article, writing, { items: bases }] = await loading(whole, () =>
    Promise.all([
      settings.article(params.id),
      articles.draft(params.id),
      settings.knowledgeBases(),
    ]),
  );
  return { article, writing, bases };
};
