import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = ({ fetch, url, untrack }) =>
  loading(
    untrack(() => url),
    async () => ({ me: await new ApiClient(fetch).me() }),
  );
