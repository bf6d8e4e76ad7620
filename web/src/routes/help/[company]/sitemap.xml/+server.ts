import { HelpClient } from '#lib/help/help-client.ts';
import { sitemap } from '#lib/help/sitemap.ts';
import type { RequestHandler } from './$types';

/** Search engines ask a few times a day. */
const CACHE = 'public, max-age=3600';

export const GET: RequestHandler = async ({ fetch, params }) => {
  const help = new HelpClient(fetch, params.company);
  const site = await help.site();
  if (site === null) return new Response('', { status: 404 });
  const headers = { 'content-type': 'application/xml; charset=utf-8', 'cache-control': CACHE };
  return new Response(sitemap(site, await help.articles()), { headers });
};
