import { readMailbox } from '../../../database/queries/mailboxes.ts';
import type { Route } from '../../deps.ts';
import { Mailbox } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showMailboxRoute: Route = showRoute({
  path: '/mailboxes',
  what: 'mailbox',
  shape: Mailbox,
  read: readMailbox,
});
