import { listMailboxes } from '../../../database/queries/mailboxes.ts';
import type { Route } from '../../deps.ts';
import { Mailbox } from '../../schemas/settings.ts';
import { listRoute } from '../plain/list-route.ts';

export const listMailboxesRoute: Route = listRoute({
  path: '/mailboxes',
  summary: 'All mailboxes, by address',
  shape: Mailbox,
  list: listMailboxes,
});
