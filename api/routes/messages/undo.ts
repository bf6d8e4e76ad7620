import { commandCodes } from '../../commands/command-answers.ts';
import { showMessage, ticketOfMessage } from '../../commands/message-answer.ts';
import { runCommand } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { MessageAnswer } from '../../schemas/sending.ts';

/** Takes a mail back while it waits. */
export const undoMessage: Route = (api, deps) => {
  api.delete(
    '/messages/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: 'Undo: take a mail back while it waits',
        params: IdParams,
        querystring: Nothing,
        response: { 200: MessageAnswer, ...problems(...commandCodes, 'too_late') },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const number = await ticketOfMessage(deps.database, company, id);
      await runCommand(deps, request, number, {
        command: { type: 'cancelSend', message: id },
      });
      return showMessage(deps.database, company, id);
    },
  );
};
