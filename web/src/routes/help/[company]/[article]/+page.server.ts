import { error } from '@sveltejs/kit';
import { HelpClient } from '#lib/help/help-client.ts';
import { ARTICLE_CACHE } from '#lib/help/page-cache.ts';
import { votedIn } from '#lib/help/voted.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, parent, locals, setHeaders }) => {
  const [{ site }, article] = await Promise.all([
    parent(),
    new HelpClient(fetch, params.company).article(params.article),
  ]);
  if (site === null) error(404, { message: '', code: 'not_found' });
  locals.language = article.language;
  setHeaders(ARTICLE_CACHE);
  return { article, voted: votedIn(url.searchParams.get('voted')) };
};
