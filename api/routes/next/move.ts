import type { TicketEvent } from '../../../domain/ticket/events.ts';
import type { Ticket as TicketState } from '../../../domain/ticket/ticket.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { changeTicket, recordedBefore } from '../../commands/run-command.ts';
import type { Plan } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { NextParams, Nothing, Time, strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';
import { assistantIsFixed, closeIsFixed, timerOf } from './next-items.ts';

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
      return changeTicket(deps, request, number, async (trx, ticket) => {
        const before = await recordedBefore(trx, request, number, commandNamed(id));
        if (before === null) timerOf(ticket, id);
        return planMove(ticket, id, at, before);
      });
    },
  );
};

function commandNamed(id: string): 'pend' | 'autoSolve' | 'moveSend' {
  if (id === 'callback') return 'pend';
  return id === 'autoSolve' ? 'autoSolve' : 'moveSend';
}

/** `before`: what was recorded when the call came first, and may have changed since. */
function planMove(ticket: TicketState, id: string, at: string, before: TicketEvent[] | null): Plan {
  switch (id) {
    case 'callback': {
      const pended = before?.find((event) => event.type === 'pended');
      const { reason = null } = pended ?? ticket.callback ?? {};
      const facts = { text: reason === null ? null : { id: reason } };
      return { command: { type: 'pend', until: at, reason }, facts };
    }
    case 'autoSolve':
      return { command: { type: 'autoSolve', at } };
    case 'close':
      throw closeIsFixed(ticket);
    case 'assistant':
      throw assistantIsFixed(ticket);
    default:
      return { command: { type: 'moveSend', message: id, at } };
  }
}
