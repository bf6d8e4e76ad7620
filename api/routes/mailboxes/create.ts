import { newId } from '../../../database/new-id.ts';
import { insertMailbox, readMailbox } from '../../../database/queries/mailboxes.ts';
import { createSealer } from '../../../runtime/sealed-secrets.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { readMailboxAddress, saveServers } from '../../mailbox-settings.ts';
import { readSiteOrigin } from '../../site-origin.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { Mailbox, mailboxFields } from '../../schemas/mailbox.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Address } from '../../schemas/settings.ts';
import { showMailboxes } from '../../shown-mailboxes.ts';

const Body = strict({ ...mailboxFields, address: Address });

export const createMailboxRoute: Route = (api, { database, config: { secret, oldSecrets } }) => {
  const sealer = createSealer(secret, oldSecrets);
  api.post(
    '/mailboxes',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['mailboxes'],
        summary: 'Make a mailbox; mail to its address is taken from now on',
        querystring: Nothing,
        body: Body,
        response: {
          201: Mailbox,
          ...problems(...signedInCodes, 'already_exists', 'not_found', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { incoming = null, outgoing = null, aliases = [], ...rest } = request.body;
      const { origins = [], ...body } = rest;
      const sites = origins.map(readSiteOrigin);
      const address = readMailboxAddress(body.address);
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ mailbox: newId() }));
        const id = ids.id('mailbox');
        if (ids.fresh) {
          const known = { id, address, name: body.name ?? address };
          await insertMailbox(trx, {
            ...{ ...body, ...known, origins: sites },
            aliases: aliases.map(readMailboxAddress),
          });
          await saveServers(trx, sealer, { id, address }, { incoming, outgoing });
          await audit(trx, request, { kind: 'mailbox', act: 'made', subject: id, name: address });
        }
        const mailbox = found(await readMailbox(trx, id), 'mailbox', id);
        const [shown] = await showMailboxes(trx, agent, [mailbox]);
        return found(shown ?? null, 'mailbox', id);
      });
      return reply.code(201).send(made);
    },
  );
};
