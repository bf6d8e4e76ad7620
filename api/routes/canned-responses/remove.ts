import {
  deleteCannedResponse,
  readCannedResponse,
} from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeCannedResponseRoute: Route = removeRoute({
  path: '/canned-responses',
  what: 'canned response',
  summary: "Delete a canned response of the company's or of one's own",
  remove: async (trx, id, agent) => {
    if ((await readCannedResponse(trx, agent, id)) === null) return false;
    await deleteCannedResponse(trx, id);
    return true;
  },
});
