import { listAgents } from '../../../database/queries/agents.ts';
import type { Route } from '../../deps.ts';
import { Agent } from '../../schemas/settings.ts';
import { listRoute } from '../plain/list-route.ts';

export const listAgentsRoute: Route = listRoute({
  path: '/agents',
  summary: 'All agents, by name; deactivated ones too',
  shape: Agent,
  list: listAgents,
});
