import { readAgent, updateAgent } from '../../../database/queries/agents.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

/** Tickets name whoever worked on them, so that an agent is never taken out of the company. */
export const removeAgentRoute: Route = removeRoute({
  path: '/agents',
  what: 'agent',
  summary: 'Deactivate an agent, who can no longer sign in and still stands in the history',
  auth: 'admin',
  refuses: ['not_allowed'],
  audit: { kind: 'agent', act: 'deactivated', read: readAgent },
  remove: (trx, id, agent) => updateAgent(trx, id, { active: false, deactivatedBy: agent }),
});
