import { changeTicket } from '../../commands/run-command.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import type { Route } from '../../deps.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { TeamBody } from '../../schemas/commands.ts';

/** Moves the ticket to another team, or to none. */
export const changeTeam: Route = (api, deps) => {
  api.post(
    '/tickets/:number/team',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Change the team',
        params: TicketParams,
        querystring: Nothing,
        body: TeamBody,
        response: ticketAnswers,
      },
    },
    async (request) =>
      changeTicket(deps, request, request.params.number, {
        command: { type: 'changeTeam', team: request.body.team },
      }),
  );
};
