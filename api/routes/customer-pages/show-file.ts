import { Type } from '@fastify/type-provider-typebox';

import { findCustomerFile } from '../../../database/queries/customer-pages.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { Id } from '../../schemas/basics.ts';
import { serveFile } from '../files/serve-file.ts';
import { READING_RATE, TokenParams } from './link-route.ts';
import { openTicketNow } from './open-ticket.ts';

/** A file of a mail that stands on the page. */
export const showCustomerFile: Route = (api, deps) => {
  api.get(
    '/t/:token/files/:id',
    {
      config: { rateLimit: READING_RATE },
      schema: { hide: true, params: Type.Object({ ...TokenParams.properties, id: Id }) },
    },
    async (request, reply) => {
      const { token, id } = request.params;
      const { company, number } = await openTicketNow(deps, token);
      const file = await deps.database.withCompany(company, (trx) =>
        findCustomerFile(trx, number, id),
      );
      if (!file || !(await deps.blobs.has(file.hash))) {
        throw refused('not_found', `There is no file "${id}".`);
      }
      void reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex');
      return serveFile(request, reply, deps.blobs, file);
    },
  );
};
