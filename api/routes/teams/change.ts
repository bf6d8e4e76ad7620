import { readTeam, renameTeam } from '../../../database/queries/teams.ts';
import type { Route } from '../../deps.ts';
import { Team } from '../../schemas/settings.ts';
import { renameRoute } from '../plain/rename-route.ts';

export const changeTeamRoute: Route = renameRoute({
  path: '/teams',
  what: 'team',
  summary: 'Rename a team',
  shape: Team,
  auth: 'admin',
  rename: renameTeam,
  read: readTeam,
});
