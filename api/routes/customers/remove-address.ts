import { removeAddress } from '../../../database/queries/customer-identity.ts';
import { notifyCustomerChanged } from '../../../database/queries/customers.ts';
import { refused } from '../../../domain/errors.ts';
import { addressKey, customerOf, readEmail } from '../../commands/customer-addresses.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { AddressParams, Customer } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const removeAddressRoute: Route = (api, { database }) => {
  api.delete(
    '/customers/:id/addresses/:address',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Remove an address: the next mail from it is from somebody new',
        params: AddressParams,
        querystring: Nothing,
        response: { 200: Customer, ...problems(...signedInCodes, 'not_found', 'not_allowed') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const address = readEmail(request.params.address);
      return database.withCompany(company, async (trx) => {
        const { id } = await customerOf(trx, request.params.id);
        if (!(await removeAddress(trx, id, address, addressKey(company)))) {
          const words = `Answers go to "${address}"; choose another address for them first.`;
          throw refused('not_allowed', words);
        }
        await notifyCustomerChanged(trx, id);
        return customerOf(trx, id);
      });
    },
  );
};
