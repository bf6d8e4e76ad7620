import { error } from '@sveltejs/kit';
import { HelpClient } from '#lib/help/help-client.ts';
import { OVERVIEW_CACHE, SEARCH_CACHE } from '#lib/help/page-cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, parent, setHeaders }) => {
  const { site, language } = await parent();
  if (site === null) error(404, { message: '', code: 'not_found' });
  const help = new HelpClient(fetch, params.company);
  const asked = url.searchParams.get('q')?.trim() ?? '';
  if (asked !== '') {
    setHeaders(SEARCH_CACHE);
    return { asked, answers: await help.search(asked.slice(0, ASKED_CHARS_MAX), language) };
  }
  setHeaders(OVERVIEW_CACHE);
  return { articles: await help.articles(language), named: url.searchParams.has('lang') };
};

/** As much as the API takes; a pasted mail is found by how it begins. */
const ASKED_CHARS_MAX = 500;
