import { changeTicket } from '../../commands/run-command.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import type { Route } from '../../deps.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { AutoSolveBody } from '../../schemas/commands.ts';

/** Sets, moves or clears the date on which a silent ticket is solved. */
export const setAutoSolve: Route = (api, deps) => {
  api.post(
    '/tickets/:number/auto-solve',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Set or clear the auto-solve date',
        params: TicketParams,
        querystring: Nothing,
        body: AutoSolveBody,
        response: ticketAnswers,
      },
    },
    async (request) =>
      changeTicket(deps, request, request.params.number, {
        command: { type: 'autoSolve', at: request.body.at },
      }),
  );
};
