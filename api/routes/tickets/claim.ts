import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { ClaimBody } from '../../schemas/commands.ts';

/** The signed-in agent becomes the owner; of another agent's ticket only by `takeover`. */
export const claimTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/claim',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Claim the ticket',
        params: TicketParams,
        querystring: Nothing,
        body: ClaimBody,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { agent } = whoAsks(request);
      const { takeover = false } = request.body;
      return changeTicket(deps, request, request.params.number, {
        command: { type: 'claim', agent, takeover },
      });
    },
  );
};
