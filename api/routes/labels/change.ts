import { readLabel, renameLabel } from '../../../database/queries/labels.ts';
import type { Route } from '../../deps.ts';
import { Label } from '../../schemas/settings.ts';
import { renameRoute } from '../plain/rename-route.ts';

export const changeLabelRoute: Route = renameRoute({
  path: '/labels',
  what: 'label',
  summary: 'Rename a label',
  shape: Label,
  auth: 'agent',
  audit: 'label',
  nameOf: (label) => label.name,
  rename: renameLabel,
  read: readLabel,
});
