import { findLabelId } from '../../../database/queries/ticket-labels.ts';
import { refused } from '../../../domain/errors.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { LabelParams, Nothing } from '../../schemas/basics.ts';

/** Takes a label off the ticket; the label itself stays. */
export const removeLabel: Route = (api, deps) => {
  api.delete(
    '/tickets/:number/labels/:name',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Take a label off the ticket',
        params: LabelParams,
        querystring: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { number, name } = request.params;
      return changeTicket(deps, request, number, async (trx) => {
        const label = await findLabelId(trx, name.trim());
        if (label === null) throw refused('not_found', `There is no label "${name}".`);
        return { command: { type: 'unlabel', label }, facts: { label: { id: label } } };
      });
    },
  );
};
