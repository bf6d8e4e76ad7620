import { deleteLabel, readLabel } from '../../../database/queries/labels.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeLabelRoute: Route = removeRoute({
  path: '/labels',
  what: 'label',
  summary: 'Delete a label; tickets show it no longer',
  audit: { kind: 'label', read: readLabel },
  remove: deleteLabel,
});
