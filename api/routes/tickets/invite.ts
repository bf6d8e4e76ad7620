import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { Nothing, ParticipantParams } from '../../schemas/basics.ts';

/** The ticket shows in the invited agent's Open view too; the agent is told. */
export const inviteAgent: Route = (api, deps) => {
  api.put(
    '/tickets/:number/participants/:agent',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Invite an agent to the ticket',
        params: ParticipantParams,
        querystring: Nothing,
        body: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { number, agent } = request.params;
      return changeTicket(deps, request, number, { command: { type: 'invite', agent } });
    },
  );
};
