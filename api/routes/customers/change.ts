import { Type } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import {
  customerWithAddress,
  notifyCustomerChanged,
  readCustomer,
  updateCustomer,
} from '../../../database/queries/customers.ts';
import { refused } from '../../../domain/errors.ts';
import { cleanLine } from '../../../mail/clean-text.ts';
import { normaliseAddress } from '../../../mail/address.ts';
import { NAME_CHARS_MAX } from '../../../mail/limits.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { Customer } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Address } from '../../schemas/settings.ts';

const Body = strict({
  name: Type.Optional(Type.String({ maxLength: NAME_CHARS_MAX })),
  email: Type.Optional(Address),
});

export const changeCustomerRoute: Route = (api, { database }) => {
  api.patch(
    '/customers/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Change name or main address; mail from the address before is still theirs',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Customer, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { name, email } = request.body;
      const changes = {
        ...(name === undefined ? {} : { name: cleanLine(name, NAME_CHARS_MAX) }),
        ...(email === undefined ? {} : { email: readEmail(email) }),
      };
      return database.withCompany(company, async (trx) => {
        found(await readCustomer(trx, id), 'customer', id);
        await refuseTaken(trx, id, changes.email);
        if (!(await updateCustomer(trx, id, changes))) throw missing('customer', id);
        await notifyCustomerChanged(trx, id);
        return found(await readCustomer(trx, id), 'customer', id);
      });
    },
  );
};

function readEmail(text: string): string {
  const address = normaliseAddress(text);
  if (address !== null) return address;
  throw refused('validation', `"${text}" is no mail address; give one such as ann@example.org.`);
}

async function refuseTaken(
  trx: CompanyTransaction,
  customer: string,
  email: string | undefined,
): Promise<void> {
  const holder = email === undefined ? null : await customerWithAddress(trx, email);
  if (holder === null || holder === customer) return;
  throw refused('already_exists', `"${email}" belongs to another customer.`, { customer: holder });
}
