import { listCustomerTickets, readCustomer } from '../../../database/queries/customers.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, IdParams, page, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { TicketItem } from '../../schemas/ticket.ts';

export const listCustomerTicketsRoute: Route = (api, { database }) => {
  api.get(
    '/customers/:id/tickets',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: "A customer's tickets, newest first",
        params: IdParams,
        querystring: strict(pageQuery),
        response: { 200: page(TicketItem), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { limit, cursor } = request.query;
      const asked = { limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, async (trx) => {
        const customer = found(await readCustomer(trx, id), 'customer', id);
        return listCustomerTickets(trx, agent, customer.id, asked);
      });
    },
  );
};
