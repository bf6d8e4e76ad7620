import { ticketAnswers } from '../../commands/command-answers.ts';
import { keepReason, reasonId } from '../../commands/keep-reason.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { PendBody } from '../../schemas/commands.ts';
import { problems } from '../../schemas/problem.ts';

/** On hold until a date, on which whoever set it is reminded. */
export const pendTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/pend',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Put the ticket on hold until a date',
        params: TicketParams,
        querystring: Nothing,
        body: PendBody,
        response: { ...ticketAnswers, ...problems('date_in_past', 'idempotency_mismatch') },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { until, reason } = request.body;
      if (reason === undefined || reason === null || reason.trim() === '') {
        return changeTicket(deps, request, number, {
          command: { type: 'pend', until, reason: null },
        });
      }
      return changeTicket(deps, request, number, async (trx) => {
        const ids = await once(request).ids(trx, reasonId);
        const text = await keepReason(trx, number, reason, ids);
        const facts = { text: text === null ? null : { id: text } };
        return { command: { type: 'pend', until, reason: text }, facts };
      });
    },
  );
};
