import { deleteDkimKey, readDkimKey } from '../../../database/queries/dkim-keys.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeDkimKeyRoute: Route = removeRoute({
  path: '/dkim-keys',
  what: 'key',
  summary: 'Delete a key: mail is no longer signed with it',
  auth: 'admin',
  audit: {
    kind: 'signingKey',
    read: async (trx, id) => {
      const key = await readDkimKey(trx, id);
      return key && { name: key.domain };
    },
  },
  remove: deleteDkimKey,
});
