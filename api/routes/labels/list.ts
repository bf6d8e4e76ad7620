import { listLabels } from '../../../database/queries/labels.ts';
import type { Route } from '../../deps.ts';
import { Label } from '../../schemas/settings.ts';
import { listRoute } from '../plain/list-route.ts';

export const listLabelsRoute: Route = listRoute({
  path: '/labels',
  summary: 'All labels, by name',
  shape: Label,
  list: listLabels,
});
