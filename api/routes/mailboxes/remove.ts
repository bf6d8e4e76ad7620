import { deleteMailbox, readMailbox } from '../../../database/queries/mailboxes.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeMailboxRoute: Route = removeRoute({
  path: '/mailboxes',
  what: 'mailbox',
  summary: 'Delete a mailbox that has had no mail',
  auth: 'admin',
  refuses: ['not_allowed'],
  audit: { kind: 'mailbox', read: readMailbox },
  remove: deleteMailbox,
});
