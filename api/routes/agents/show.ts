import { readAgent } from '../../../database/queries/agents.ts';
import type { Route } from '../../deps.ts';
import { Agent } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showAgentRoute: Route = showRoute({
  path: '/agents',
  what: 'agent',
  shape: Agent,
  read: readAgent,
});
