import { readToken, revokeToken } from '../../../database/queries/tokens.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeTokenRoute: Route = removeRoute({
  path: '/tokens',
  what: 'token',
  summary: 'Revoke an API token',
  auth: 'admin',
  audit: { kind: 'token', read: readToken },
  remove: revokeToken,
});
