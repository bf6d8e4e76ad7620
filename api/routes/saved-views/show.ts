import { readSavedView } from '../../../database/queries/saved-views.ts';
import type { Route } from '../../deps.ts';
import { SavedView } from '../../schemas/saved-view.ts';
import { showRoute } from '../plain/show-route.ts';

export const showSavedViewRoute: Route = showRoute({
  path: '/saved-views',
  what: 'saved view',
  shape: SavedView,
  read: (trx, id, agent) => readSavedView(trx, agent, id),
});
