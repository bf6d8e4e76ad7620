import { SEARCH_SCRIPT } from '#lib/help/search-script.ts';

/** The pages name its version in the address. */
const CACHE = 'public, max-age=31536000, immutable';

export function GET(): Response {
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': CACHE };
  return new Response(SEARCH_SCRIPT, { headers });
}
