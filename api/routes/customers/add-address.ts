import { notifyCustomerChanged } from '../../../database/queries/customers.ts';
import {
  customerOf,
  readEmail,
  takeAddress,
  takeBareCustomer,
} from '../../commands/customer-addresses.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { AddressParams, Customer } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const addAddressRoute: Route = (api, { database }) => {
  api.put(
    '/customers/:id/addresses/:address',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Add an address: mail from it is theirs',
        params: AddressParams,
        querystring: Nothing,
        response: { 200: Customer, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const address = readEmail(request.params.address);
      return database.withCompany(company, async (trx) => {
        const { id } = await customerOf(trx, request.params.id);
        await takeBareCustomer(trx, { customer: id, address, by: agent });
        await takeAddress(trx, id, address);
        await notifyCustomerChanged(trx, id);
        return customerOf(trx, id);
      });
    },
  );
};
