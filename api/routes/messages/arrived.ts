import { commandCodes } from '../../commands/command-answers.ts';
import { showMessage, ticketOfMessage } from '../../commands/message-answer.ts';
import { runCommand } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { MessageAnswer } from '../../schemas/sending.ts';

/** A person knows that an uncertain or returned mail reached the customer. */
export const markArrived: Route = (api, deps) => {
  api.post(
    '/messages/:id/arrived',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: 'Say that a mail did arrive',
        params: IdParams,
        querystring: Nothing,
        body: Nothing,
        response: { 200: MessageAnswer, ...problems(...commandCodes) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const number = await ticketOfMessage(deps.database, company, id);
      await runCommand(deps, request, number, {
        command: {
          type: 'delivery',
          message: id,
          outcome: 'arrived',
          attempt: null,
          atOnce: false,
        },
      });
      return showMessage(deps.database, company, id);
    },
  );
};
