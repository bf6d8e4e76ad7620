import { newId } from '../../../database/new-id.ts';
import { insertMailbox, readMailbox } from '../../../database/queries/mailboxes.ts';
import { refused } from '../../../domain/errors.ts';
import { normaliseAddress } from '../../../mail/address.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Address, Mailbox, mailboxFields } from '../../schemas/settings.ts';

const Body = strict({ ...mailboxFields, address: Address });

export const createMailboxRoute: Route = (api, { database }) => {
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
      const { company } = whoAsks(request);
      const { body } = request;
      const address = readAddress(body.address);
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ mailbox: newId() }));
        const id = ids.id('mailbox');
        if (ids.fresh) {
          await insertMailbox(trx, { ...body, id, address, name: body.name ?? address });
        }
        return found(await readMailbox(trx, id), 'mailbox', id);
      });
      return reply.code(201).send(made);
    },
  );
};

/** A plus would be taken for the token of a ticket (contract.md, Mail). */
function readAddress(text: string): string {
  const address = normaliseAddress(text);
  if (address !== null && !address.includes('+')) return address;
  throw refused(
    'validation',
    `"${text}" is no address for a mailbox; give one such as support@acme.test, without a plus.`,
  );
}
