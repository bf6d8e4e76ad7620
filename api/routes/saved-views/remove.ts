import { deleteSavedView } from '../../../database/queries/saved-views.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';
import { mayChangeView } from './own-view.ts';

export const removeSavedViewRoute: Route = removeRoute({
  path: '/saved-views',
  what: 'saved view',
  summary: 'Delete a saved view of one’s own; admins also shared ones',
  remove: async (trx, id, agent) => {
    await mayChangeView(trx, agent, id);
    await deleteSavedView(trx, id);
    return true;
  },
});
