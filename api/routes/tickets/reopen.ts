import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';

/** A solved ticket is open again, for the signed-in agent. */
export const reopenTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/reopen',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Open a solved ticket again',
        params: TicketParams,
        querystring: Nothing,
        body: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { agent } = whoAsks(request);
      return changeTicket(deps, request, request.params.number, {
        command: { type: 'reopen', agent },
      });
    },
  );
};
