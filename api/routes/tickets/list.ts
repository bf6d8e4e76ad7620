import { Type } from '@fastify/type-provider-typebox';

import { listTickets, ticketSorts } from '../../../database/queries/ticket-list.ts';
import { viewNames } from '../../../database/queries/views.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { ticketFilterFields } from '../../schemas/ticket-filter.ts';
import { FoundTicket } from '../../schemas/ticket.ts';

const Query = strict({
  ...pageQuery,
  view: Type.Optional(oneOf(viewNames)),
  sort: Type.Optional(oneOf(ticketSorts)),
  ...ticketFilterFields,
});

export const listTicketsRoute: Route = (api, { database }) => {
  api.get(
    '/tickets',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'The tickets of a view (by default all) that fit every filter',
        querystring: Query,
        response: { 200: page(FoundTicket), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { view = 'all', sort = 'newest', limit, cursor, ...filter } = request.query;
      const asked = { view, sort, filter, limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, (trx) => listTickets(trx, agent, asked));
    },
  );
};
