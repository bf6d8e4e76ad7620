import type { Handle, HandleFetch } from '@sveltejs/kit/hooks';

/**
 * Pages that are rendered on the server stand in the same process as the API, which hands its door
 * to them with the request: their calls go that way, and carry nobody's cookie.
 */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { pathname, search } = new URL(request.url);
  const callApi = event.platform?.req.callApi;
  if (callApi === undefined || !pathname.startsWith('/api/')) return fetch(request);
  return callApi(pathname + search);
};

/** Of the page itself: it remembers the look that an agent chose. */
const LOOK_SCRIPT = /\s*<script>[^]*?<\/script>/;

/** A public page is in the language that it says, and runs no script of the console. */
export const handle: Handle = ({ event, resolve }) => {
  if (!/^\/(?:help|contact)\//.test(event.url.pathname)) return resolve(event);
  return resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('<html lang="en">', `<html lang="${event.locals.language ?? 'en'}">`)
        .replace(LOOK_SCRIPT, ''),
  });
};
