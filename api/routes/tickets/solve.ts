import { Type } from '@fastify/type-provider-typebox';

import type { TicketEvent } from '../../../domain/ticket/events.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { runCommand, showTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { SolveBody } from '../../schemas/commands.ts';
import { problems } from '../../schemas/problem.ts';
import { CancelledItem } from '../../schemas/sending.ts';
import { ticketFields } from '../../schemas/ticket.ts';

const SolvedTicket = Type.Object({
  ...ticketFields,
  cancelled: Type.Array(CancelledItem),
  summarySkipped: Type.Optional(Type.String({ description: 'Why the customer gets no summary' })),
});

/** Solved, with the transcript to the customer if asked; the answer names what it cancelled. */
export const solveTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/solve',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Solve the ticket, with or without a summary by mail',
        params: TicketParams,
        querystring: Nothing,
        body: SolveBody,
        response: { 200: SolvedTicket, ...problems(...commandCodes) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { summary = false } = request.body;
      const answer = await runCommand(deps, request, number, {
        command: { type: 'solve', summary },
      });
      const ticket = await showTicket(deps, whoAsks(request), number);
      return { ...ticket, ...consequences(answer.events) };
    },
  );
};

function consequences(events: readonly TicketEvent[]) {
  const solved = events.find((event) => event.type === 'solved');
  const skipped = solved?.summarySkipped ?? null;
  return {
    cancelled: events.flatMap((event) => cancelledBy(event) ?? []),
    ...(skipped === null ? {} : { summarySkipped: skipped }),
  };
}

/** By the ids that `/next` lists them under. */
function cancelledBy(event: TicketEvent) {
  switch (event.type) {
    case 'callbackCancelled':
      return { id: 'callback', kind: 'callback' as const, at: event.due };
    case 'autoSolveCancelled':
      return { id: 'autoSolve', kind: 'autoSolve' as const, at: event.due };
    case 'sendCancelled':
      return { id: event.message, kind: 'send' as const, at: event.leaveAt };
    default:
      return null;
  }
}
