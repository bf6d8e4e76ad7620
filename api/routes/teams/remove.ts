import { deleteTeam, readTeam } from '../../../database/queries/teams.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeTeamRoute: Route = removeRoute({
  path: '/teams',
  what: 'team',
  summary: 'Delete a team that has no ticket',
  auth: 'admin',
  refuses: ['not_allowed'],
  audit: { kind: 'team', read: readTeam },
  remove: deleteTeam,
});
