import { error } from '@sveltejs/kit';
import { readHelpArticle } from '#lib/help/read-help-article.ts';
import type { PageLoad } from './$types';

/** For customers and search engines: complete as it comes, and it runs nothing. */
export const ssr = true;
export const csr = false;

export const load: PageLoad = async ({ fetch, params }) => {
  const read = await readHelpArticle(fetch, params.company, params.article);
  if (typeof read === 'number') error(read, { message: '', code: 'not_found' });
  return { article: read };
};
