import { readLabel } from '../../../database/queries/labels.ts';
import type { Route } from '../../deps.ts';
import { Label } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showLabelRoute: Route = showRoute({
  path: '/labels',
  what: 'label',
  shape: Label,
  read: readLabel,
});
