import { changeTicket } from '../../commands/run-command.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import type { Route } from '../../deps.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';

/** From pending to open before its date; the callback is cancelled. */
export const resumeTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/resume',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Take the ticket up again before its date',
        params: TicketParams,
        querystring: Nothing,
        body: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) =>
      changeTicket(deps, request, request.params.number, { command: { type: 'resume' } }),
  );
};
