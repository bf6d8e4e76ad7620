import { newId } from '../../../database/new-id.ts';
import { sendOn } from '../../customer-pages/page.ts';
import type { Route } from '../../deps.ts';
import { FORM_TYPE } from '../../plain-forms.ts';
import { SENDING_RATE, TokenParams } from './link-route.ts';
import { openTicketNow } from './open-ticket.ts';

/** The customer says that it is solved. Said once more, it stays so. */
export const settleTicket: Route = (api, deps) => {
  api.post(
    '/t/:token/solved',
    {
      config: { rateLimit: SENDING_RATE },
      schema: { hide: true, params: TokenParams, consumes: [FORM_TYPE] },
    },
    async (request, reply) => {
      const { company, number, ticket, path } = await openTicketNow(deps, request.params.token);
      if (ticket.state !== 'solved') {
        await deps.workflows.command({ company, number }, 'settle', { id: newId() });
      }
      return sendOn(reply, `${path}?settled`);
    },
  );
};
