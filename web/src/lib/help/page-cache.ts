/**
 * How long a page may be shown again unasked. What is taken away has to be gone soon; within a
 * minute nobody waits for it, and a page that did not change is not sent again (ETag).
 */
const KEPT = 'max-age=60';

/** An article is the same for everybody. */
export const ARTICLE_CACHE = { 'cache-control': `public, ${KEPT}` };

/** The first page is in the language that the browser wishes. */
export const OVERVIEW_CACHE = { ...ARTICLE_CACHE, vary: 'Accept-Language' };

/** What somebody asked is nobody else's. */
export const SEARCH_CACHE = { 'cache-control': `private, ${KEPT}`, vary: 'Accept-Language' };
