import type { Ticket as TicketState } from '../../../domain/ticket/ticket.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { changeTicket, recordedBefore } from '../../commands/run-command.ts';
import type { AskedCommand } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { NextParams, Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';
import { assistantIsFixed, closeIsFixed, timerOf } from './next-items.ts';

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
      return changeTicket(deps, request, number, async (trx, ticket) => {
        const command = commandFor(ticket, id);
        // Cancelled before, it is gone, and the call that is repeated was not in vain.
        const before = await recordedBefore(trx, request, number, command.type);
        if (before === null) timerOf(ticket, id);
        return { command };
      });
    },
  );
};

function commandFor(ticket: TicketState, id: string): AskedCommand {
  switch (id) {
    case 'callback':
      return { type: 'resume' };
    case 'autoSolve':
      return { type: 'autoSolve', at: null };
    case 'close':
      timerOf(ticket, id);
      throw closeIsFixed(ticket);
    case 'assistant':
      timerOf(ticket, id);
      throw assistantIsFixed(ticket);
    default:
      return { type: 'cancelSend', message: id };
  }
}
