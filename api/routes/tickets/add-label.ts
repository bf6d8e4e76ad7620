import { newId } from '../../../database/new-id.ts';
import { ensureLabel } from '../../../database/queries/ticket-labels.ts';
import { refused } from '../../../domain/errors.ts';
import { cleanLine } from '../../../mail/clean-text.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { once } from '../../plugins/idempotency.ts';
import { LabelParams, Nothing } from '../../schemas/basics.ts';

/** A word or three; it stands in lists. */
const LABEL_CHARS_MAX = 60;

/** Labels the ticket; a name that no label has makes one. */
export const addLabel: Route = (api, deps) => {
  api.put(
    '/tickets/:number/labels/:name',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Label the ticket',
        params: LabelParams,
        querystring: Nothing,
        body: Nothing,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { number } = request.params;
      const name = cleanLine(request.params.name, 200);
      if (name === '' || name.length > LABEL_CHARS_MAX) {
        throw refused(
          'validation',
          `The label "${name}" has ${name.length} letters; give 1 to ${LABEL_CHARS_MAX}.`,
        );
      }
      return changeTicket(deps, request, number, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ label: newId() }));
        const label = await ensureLabel(trx, name, ids.id('label'));
        return { command: { type: 'label', label }, facts: { label: { id: label } } };
      });
    },
  );
};
