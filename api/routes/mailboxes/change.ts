import { readMailbox, updateMailbox } from '../../../database/queries/mailboxes.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Mailbox, mailboxFields } from '../../schemas/settings.ts';

const Body = strict(mailboxFields);

export const changeMailboxRoute: Route = (api, { database }) => {
  api.patch(
    '/mailboxes/:id',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['mailboxes'],
        summary: 'Change a mailbox',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Mailbox, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        if (!(await updateMailbox(trx, id, body))) throw missing('mailbox', id);
        return found(await readMailbox(trx, id), 'mailbox', id);
      });
    },
  );
};
