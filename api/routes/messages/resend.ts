import { Type } from '@fastify/type-provider-typebox';

import { keepRecipients } from '../../../database/queries/sent-mail.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { showMessage, ticketOfMessage } from '../../commands/message-answer.ts';
import { runCommand } from '../../commands/run-command.ts';
import { readRecipients } from '../../commands/words.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { Addresses } from '../../schemas/commands.ts';
import { problems } from '../../schemas/problem.ts';
import { MessageAnswer } from '../../schemas/sending.ts';

/** Without `to` it goes to whom it went before. */
const Body = strict({ to: Type.Optional(Addresses) });

/** Sends a failed, bounced or uncertain mail again, to another address if one is given. */
export const resendMessage: Route = (api, deps) => {
  api.post(
    '/messages/:id/resend',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: 'Send a mail again that failed, bounced or is uncertain',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 202: MessageAnswer, ...problems(...commandCodes) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const given = request.body.to;
      const recipients = given === undefined ? null : readRecipients('to', given);
      const number = await ticketOfMessage(deps.database, company, id);
      await runCommand(deps, request, number, async (trx) => {
        // They become the mail's when the resending is recorded, and not when it is refused.
        const to = recipients === null ? {} : { to: await keepRecipients(trx, id, recipients) };
        return { command: { type: 'resend', message: id, ...to } };
      });
      return reply.code(202).send(await showMessage(deps.database, company, id));
    },
  );
};
