import { readTicketState } from '../../../database/queries/ticket-state.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { NextItems } from '../../schemas/sending.ts';
import { nextItems } from './next-items.ts';

/** What will happen to the ticket by itself, and when. */
export const listNext: Route = (api, { database }) => {
  api.get(
    '/tickets/:number/next',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'What happens next: armed timers and waits',
        params: TicketParams,
        querystring: Nothing,
        response: { 200: NextItems, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { company } = whoAsks(request);
      return database.withCompany(company, async (trx) => {
        const ticket = await readTicketState(trx, number);
        if (!ticket) throw noSuchTicket(number);
        return { items: await nextItems(trx, ticket) };
      });
    },
  );
};
