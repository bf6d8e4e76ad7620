import { listTeams } from '../../../database/queries/teams.ts';
import type { Route } from '../../deps.ts';
import { Team } from '../../schemas/settings.ts';
import { listRoute } from '../plain/list-route.ts';

export const listTeamsRoute: Route = listRoute({
  path: '/teams',
  summary: 'All teams with their agents, by name',
  shape: Team,
  list: listTeams,
});
