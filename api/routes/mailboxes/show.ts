import { readMailbox } from '../../../database/queries/mailboxes.ts';
import type { Route } from '../../deps.ts';
import { Mailbox } from '../../schemas/mailbox.ts';
import { showMailboxes } from '../../shown-mailboxes.ts';
import { showRoute } from '../plain/show-route.ts';

export const showMailboxRoute: Route = showRoute({
  path: '/mailboxes',
  what: 'mailbox',
  shape: Mailbox,
  read: async (trx, id, agent) => {
    const mailbox = await readMailbox(trx, id);
    const [shown] = mailbox ? await showMailboxes(trx, agent, [mailbox]) : [];
    return shown ?? null;
  },
});
