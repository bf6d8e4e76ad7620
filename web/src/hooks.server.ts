import type { HandleFetch } from '@sveltejs/kit/hooks';

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
