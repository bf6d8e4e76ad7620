import { accentStyle } from '#lib/help/accent-style.ts';
import { HelpClient } from '#lib/help/help-client.ts';
import type { RequestHandler } from './$types';

/** The pages name the color in the address, so that another color is another file. */
const CACHE = 'public, max-age=86400';

export const GET: RequestHandler = async ({ fetch, params }) => {
  const site = await new HelpClient(fetch, params.company).site();
  if (!site?.accentColor) return new Response('', { status: 404 });
  const headers = { 'content-type': 'text/css; charset=utf-8', 'cache-control': CACHE };
  return new Response(accentStyle(site.accentColor), { headers });
};
