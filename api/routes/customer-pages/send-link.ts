import { newId } from '../../../database/new-id.ts';
import { sendPage } from '../../customer-pages/page.ts';
import { overPage } from '../../customer-pages/ticket-page.ts';
import type { Route } from '../../deps.ts';
import { FORM_TYPE } from '../../plain-forms.ts';
import { SENDING_RATE, TokenParams } from './link-route.ts';
import { openTicket } from './open-ticket.ts';

/**
 * Mails the customer a new link, to the address that the ticket has and no other: an old link gives
 * nobody more than a mail to somebody else.
 */
export const sendTicketLink: Route = (api, deps) => {
  api.post(
    '/t/:token/link',
    {
      config: { rateLimit: SENDING_RATE },
      schema: { hide: true, params: TokenParams, consumes: [FORM_TYPE] },
    },
    async (request, reply) => {
      const opened = await openTicket(deps, request.params.token);
      const { company, number } = opened;
      await deps.workflows.command({ company, number }, 'sendLink', { id: newId() });
      return sendPage(reply, 200, overPage(opened, true));
    },
  );
};
