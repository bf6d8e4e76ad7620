import { Type } from '@fastify/type-provider-typebox';

import { markRead, ticketExists } from '../../../database/queries/ticket-read.ts';
import { readNewestSeq } from '../../../database/queries/timeline.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** The largest number that the column `ticket_read.seq` holds. */
const SEQ_MAX = 2_147_483_647;

/** Remembers how far the signed-in agent has read; it never goes back. */
export const markTicketRead: Route = (api, { database }) => {
  api.put(
    '/tickets/:number/read',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['tickets'],
        summary: 'Mark as read up to a timeline id (default: all of it)',
        params: TicketParams,
        querystring: Nothing,
        body: strict({ seq: Type.Optional(Type.Integer({ minimum: 0, maximum: SEQ_MAX })) }),
        response: {
          200: Type.Object({ seq: Type.Integer() }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { company, agent } = whoAsks(request);
      return database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, number))) throw noSuchTicket(number);
        const newest = await readNewestSeq(trx, number);
        const seq = Math.min(request.body.seq ?? newest, newest);
        await markRead(trx, agent, number, seq);
        return { seq };
      });
    },
  );
};
