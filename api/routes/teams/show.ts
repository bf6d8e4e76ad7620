import { readTeam } from '../../../database/queries/teams.ts';
import type { Route } from '../../deps.ts';
import { Team } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showTeamRoute: Route = showRoute({
  path: '/teams',
  what: 'team',
  shape: Team,
  read: readTeam,
});
