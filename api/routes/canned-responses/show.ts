import { readCannedResponse } from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { CannedResponse } from '../../schemas/canned-response.ts';
import { showRoute } from '../plain/show-route.ts';

export const showCannedResponseRoute: Route = showRoute({
  path: '/canned-responses',
  what: 'canned response',
  shape: CannedResponse,
  read: (trx, id, agent) => readCannedResponse(trx, agent, id),
});
