import { readToken } from '../../../database/queries/tokens.ts';
import type { Route } from '../../deps.ts';
import { Token } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showTokenRoute: Route = showRoute({
  path: '/tokens',
  what: 'token',
  shape: Token,
  auth: 'admin',
  read: readToken,
});
