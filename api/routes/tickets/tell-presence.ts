import { Type } from '@fastify/type-provider-typebox';

import { notifyPresence } from '../../../database/queries/live.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams, strict } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Presence = Type.Object({ doing: oneOf(['viewing', 'typing', 'noting', 'gone']) });

/** Tells colleagues that the signed-in agent looks at the ticket or writes on it. */
export const tellPresence: Route = (api, { database }) => {
  api.put(
    '/tickets/:number/presence',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['live'],
        summary:
          'Say that you look at the ticket, write an answer (typing), a note (noting), or left it',
        params: TicketParams,
        querystring: Nothing,
        body: strict({ doing: oneOf(['viewing', 'typing', 'noting', 'gone']) }),
        response: { 200: Presence, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { doing } = request.body;
      const { company, agent } = whoAsks(request);
      await database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, number))) throw noSuchTicket(number);
        await notifyPresence(trx, { ticket: number, agent, doing });
      });
      return { doing };
    },
  );
};
