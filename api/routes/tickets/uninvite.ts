import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { Nothing, ParticipantParams } from '../../schemas/basics.ts';

/** The agent is no participant any more. */
export const uninviteAgent: Route = (api, deps) => {
  api.delete(
    '/tickets/:number/participants/:agent',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Take an agent off the ticket',
        params: ParticipantParams,
        querystring: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { number, agent } = request.params;
      return changeTicket(deps, request, number, { command: { type: 'uninvite', agent } });
    },
  );
};
