import { readMail } from '../../../database/queries/ledger.ts';
import type { Route } from '../../deps.ts';
import { Mail } from '../../schemas/mail.ts';
import { showRoute } from '../plain/show-route.ts';

export const showMailRoute: Route = showRoute({
  path: '/mails',
  what: 'mail',
  shape: Mail,
  read: readMail,
});
