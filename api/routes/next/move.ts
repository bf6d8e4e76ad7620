import { Type } from '@fastify/type-provider-typebox';

import type { ArmedTimer } from '../../../domain/ticket/armed.ts';
import type { Ticket as TicketState } from '../../../domain/ticket/ticket.ts';
import { refused } from '../../../domain/errors.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Plan } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { Id, Nothing, TicketNumber, Time, strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';
import { findTimer } from './next-items.ts';

/** Moves a timer or a waiting mail to another date. */
export const moveNext: Route = (api, deps) => {
  api.patch(
    '/tickets/:number/next/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Move an armed timer or a waiting mail',
        params: Type.Object({ number: TicketNumber, id: Id }),
        querystring: Nothing,
        body: strict({ at: Time }),
        response: { 200: Ticket, ...problems(...commandCodes, 'date_in_past', 'too_late') },
      },
    },
    async (request) => {
      const { number, id } = request.params;
      const { at } = request.body;
      return changeTicket(deps, request, number, (_trx, ticket) => {
        const timer = findTimer(ticket, id);
        if (!timer) throw refused('not_found', `Nothing called "${id}" is due on this ticket.`);
        return planMove(ticket, timer, at);
      });
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
      throw refused('not_allowed', 'When a solved ticket closes is fixed; reopen it instead.', {
        state: ticket.state,
        allowed: [],
      });
  }
}
