import type { ArmedTimer } from '../../../domain/ticket/armed.ts';
import type { Ticket as TicketState } from '../../../domain/ticket/ticket.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Plan } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { NextParams, Nothing, Time, strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';
import { closeIsFixed, timerOf } from './next-items.ts';

/** Moves a timer or a waiting mail to another date. */
export const moveNext: Route = (api, deps) => {
  api.patch(
    '/tickets/:number/next/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Move an armed timer or a waiting mail',
        params: NextParams,
        querystring: Nothing,
        body: strict({ at: Time }),
        response: { 200: Ticket, ...problems(...commandCodes, 'date_in_past', 'too_late') },
      },
    },
    async (request) => {
      const { number, id } = request.params;
      const { at } = request.body;
      return changeTicket(deps, request, number, (_trx, ticket) =>
        planMove(ticket, timerOf(ticket, id), at),
      );
    },
  );
};

function planMove(ticket: TicketState, timer: ArmedTimer, at: string): Plan {
  switch (timer.kind) {
    case 'callback': {
      const reason = ticket.callback?.reason ?? null;
      const facts = { text: reason === null ? null : { id: reason } };
      return { command: { type: 'pend', until: at, reason }, facts };
    }
    case 'autoSolve':
      return { command: { type: 'autoSolve', at } };
    case 'send':
      return { command: { type: 'moveSend', message: timer.message, at } };
    case 'close':
      throw closeIsFixed(ticket);
  }
}
