import { changeTicket } from '../../commands/run-command.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import type { Route } from '../../deps.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { AgentBody } from '../../schemas/commands.ts';

/** Gives the ticket to an agent, who is told. */
export const assignTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/assign',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Make an agent the owner',
        params: TicketParams,
        querystring: Nothing,
        body: AgentBody,
        response: ticketAnswers,
      },
    },
    async (request) =>
      changeTicket(deps, request, request.params.number, {
        command: { type: 'assign', agent: request.body.agent },
      }),
  );
};
