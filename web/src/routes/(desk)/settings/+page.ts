import { redirect } from '@sveltejs/kit';
import { firstSettingsPath } from '#lib/settings/settings-pages.ts';
import type { PageLoad } from './$types';

/** As in phone.css: there the navigation is a page of its own. */
const HAS_ROOM = '(min-width: 760px)';

export const load: PageLoad = async ({ parent }) => {
  const { me } = await parent();
  const first = firstSettingsPath(me.agent);
  if (first !== null && matchMedia(HAS_ROOM).matches) redirect(307, first);
};
