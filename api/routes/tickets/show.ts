import { readTicket } from '../../../database/queries/ticket-read.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';

export const showTicketRoute: Route = (api, { database }) => {
  api.get(
    '/tickets/:number',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'One ticket with its customer and its follow-ups',
        params: TicketParams,
        querystring: Nothing,
        response: { 200: Ticket, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { number } = request.params;
      const row = await database.withCompany(company, (trx) => readTicket(trx, agent, number));
      return found(row, 'ticket', number);
    },
  );
};
