import { Type } from '@fastify/type-provider-typebox';

import { notifyCustomerChanged, updateCustomer } from '../../../database/queries/customers.ts';
import { cleanLine } from '../../../mail/clean-text.ts';
import { NAME_CHARS_MAX } from '../../../mail/limits.ts';
import { customerOf, readEmail, takeAddress } from '../../commands/customer-addresses.ts';
import type { Route } from '../../deps.ts';
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
      const { name, email } = request.body;
      const changes = {
        ...(name === undefined ? {} : { name: cleanLine(name, NAME_CHARS_MAX) }),
        ...(email === undefined ? {} : { email: readEmail(email) }),
      };
      return database.withCompany(company, async (trx) => {
        const { id } = await customerOf(trx, request.params.id);
        if (changes.email !== undefined) await takeAddress(trx, id, changes.email);
        await updateCustomer(trx, id, changes);
        await notifyCustomerChanged(trx, id);
        return customerOf(trx, id);
      });
    },
  );
};
