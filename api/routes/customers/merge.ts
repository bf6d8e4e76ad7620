import { mergeCustomers } from '../../../database/queries/customer-identity.ts';
import { notifyCustomerChanged } from '../../../database/queries/customers.ts';
import { refused } from '../../../domain/errors.ts';
import { audit } from '../../audit.ts';
import { addressKey, customerOf } from '../../commands/customer-addresses.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Id, IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { Customer } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Two customers that are one person. Asked again, it is done already. */
export const mergeCustomersRoute: Route = (api, { database }) => {
  api.post(
    '/customers/:id/merge',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Make another customer part of this one: tickets, addresses and notes move',
        params: IdParams,
        querystring: Nothing,
        body: strict({ customer: Id }),
        response: { 200: Customer, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { customer } = request.body;
      if (customer === id) throw refused('validation', 'A customer cannot be merged with itself.');
      return database.withCompany(company, async (trx) => {
        const kept = await customerOf(trx, id);
        const gone = await customerOf(trx, customer);
        const both = { kept: kept.id, gone: gone.id, by: agent };
        if (kept.id !== gone.id && (await mergeCustomers(trx, both, addressKey(company)))) {
          // Without the name, which would outlive the customer there.
          await audit(trx, request, { kind: 'customer', act: 'merged', subject: kept.id });
          await notifyCustomerChanged(trx, kept.id);
        }
        return customerOf(trx, kept.id);
      });
    },
  );
};
