import { deleteParkedMail } from '../../../database/queries/ledger.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeMailRoute: Route = removeRoute({
  path: '/mails',
  what: 'mail',
  summary: 'Delete a parked mail; mail that belongs to a ticket stays',
  refuses: ['not_allowed'],
  remove: deleteParkedMail,
});
