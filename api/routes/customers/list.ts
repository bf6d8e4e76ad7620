import { Type } from '@fastify/type-provider-typebox';

import { listCustomers } from '../../../database/queries/customer-search.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { FoundCustomer } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SearchText } from '../../schemas/settings.ts';

const Query = strict({ ...pageQuery, q: Type.Optional(SearchText) });

export const listCustomersRoute: Route = (api, { database }) => {
  api.get(
    '/customers',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Customers by name; q looks in names and addresses',
        querystring: Query,
        response: { 200: page(FoundCustomer), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { limit, cursor, q } = request.query;
      const asked = { limit: clampLimit(limit), cursor: cursor ?? null, ...(q ? { q } : {}) };
      return database.withCompany(company, (trx) => listCustomers(trx, asked));
    },
  );
};
