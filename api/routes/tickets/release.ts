import { changeTicket } from '../../commands/run-command.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import type { Route } from '../../deps.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';

/** Back to new, with no owner. */
export const releaseTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/release',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Give the ticket back',
        params: TicketParams,
        querystring: Nothing,
        body: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) =>
      changeTicket(deps, request, request.params.number, { command: { type: 'release' } }),
  );
};
