import { readMailbox, updateMailbox } from '../../../database/queries/mailboxes.ts';
import { createSealer } from '../../../runtime/sealed-secrets.ts';
import type { Route } from '../../deps.ts';
import { readMailboxAddress, saveServers } from '../../mailbox-settings.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { Mailbox, mailboxFields } from '../../schemas/mailbox.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { showMailboxes } from '../../shown-mailboxes.ts';

const Body = strict(mailboxFields);

export const changeMailboxRoute: Route = (api, { database, config: { secret, oldSecrets } }) => {
  const sealer = createSealer(secret, oldSecrets);
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
        response: { 200: Mailbox, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { incoming, outgoing, aliases: given, ...fields } = request.body;
      const aliases = given === undefined ? {} : { aliases: given.map(readMailboxAddress) };
      return database.withCompany(company, async (trx) => {
        if (!(await updateMailbox(trx, id, { ...fields, ...aliases }))) {
          throw missing('mailbox', id);
        }
        const mailbox = found(await readMailbox(trx, id), 'mailbox', id);
        await saveServers(trx, sealer, mailbox, {
          ...(incoming === undefined ? {} : { incoming }),
          ...(outgoing === undefined ? {} : { outgoing }),
        });
        const [shown] = await showMailboxes(trx, agent, [mailbox]);
        return found(shown ?? null, 'mailbox', id);
      });
    },
  );
};
