import { listDkimKeys } from '../../../database/queries/dkim-keys.ts';
import type { Route } from '../../deps.ts';
import { DkimKey, showDkimKey } from '../../schemas/dkim-key.ts';
import { listRoute } from '../plain/list-route.ts';

export const listDkimKeysRoute: Route = listRoute({
  path: '/dkim-keys',
  summary: 'The keys that outgoing mail is signed with, with the records to publish',
  shape: DkimKey,
  auth: 'admin',
  list: async (trx, request) => {
    const { items, nextCursor } = await listDkimKeys(trx, request);
    return { items: items.map(showDkimKey), nextCursor };
  },
});
