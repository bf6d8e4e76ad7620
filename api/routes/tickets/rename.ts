import { newId } from '../../../database/new-id.ts';
import { keepText } from '../../../database/queries/facts.ts';
import { cleanLine } from '../../../mail/clean-text.ts';
import { SUBJECT_CHARS_MAX } from '../../../mail/limits.ts';
import { refused } from '../../../domain/errors.ts';
import { ticketAnswers } from '../../commands/command-answers.ts';
import { changeTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { RenameBody } from '../../schemas/commands.ts';

/** Another subject; the customer sees it with the next mail. */
export const renameTicket: Route = (api, deps) => {
  api.patch(
    '/tickets/:number',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Change the subject',
        params: TicketParams,
        querystring: Nothing,
        body: RenameBody,
        response: ticketAnswers,
      },
    },
    async (request) => {
      const { number } = request.params;
      const subject = cleanLine(request.body.subject, SUBJECT_CHARS_MAX);
      if (subject === '') throw refused('validation', 'body field "subject" is empty; give words.');
      return changeTicket(deps, request, number, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ subject: `subject-${newId()}` }));
        const id = ids.id('subject');
        await keepText(trx, number, id, subject);
        return { command: { type: 'rename', subject: id }, facts: { text: { id } } };
      });
    },
  );
};
