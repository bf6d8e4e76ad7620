import { listTokens } from '../../../database/queries/tokens.ts';
import type { Route } from '../../deps.ts';
import { Token } from '../../schemas/settings.ts';
import { listRoute } from '../plain/list-route.ts';

export const listTokensRoute: Route = listRoute({
  path: '/tokens',
  summary: 'All API tokens, by name',
  shape: Token,
  auth: 'admin',
  list: listTokens,
});
