import type { ArmedTimer } from '../../../domain/ticket/armed.ts';
import type { Ticket as TicketState } from '../../../domain/ticket/ticket.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Plan } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { NextParams, Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';
import { closeIsFixed, timerOf } from './next-items.ts';

/** Takes a timer or a waiting mail back; without its callback a ticket is open again. */
export const cancelNext: Route = (api, deps) => {
  api.delete(
    '/tickets/:number/next/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Cancel an armed timer or a waiting mail',
        params: NextParams,
        querystring: Nothing,
        response: { 200: Ticket, ...problems(...commandCodes, 'too_late') },
      },
    },
    async (request) => {
      const { number, id } = request.params;
      return changeTicket(deps, request, number, (_trx, ticket) =>
        planCancel(ticket, timerOf(ticket, id)),
      );
    },
  );
};

function planCancel(ticket: TicketState, timer: ArmedTimer): Plan {
  switch (timer.kind) {
    case 'callback':
      return { command: { type: 'resume' } };
    case 'autoSolve':
      return { command: { type: 'autoSolve', at: null } };
    case 'send':
      return { command: { type: 'cancelSend', message: timer.message } };
    case 'close':
      throw closeIsFixed(ticket);
  }
}
