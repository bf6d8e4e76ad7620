import { Type } from '@fastify/type-provider-typebox';

import { deleteCustomerNote, notifyCustomerChanged } from '../../../database/queries/customers.ts';
import { customerOf } from '../../commands/customer-addresses.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { CustomerNoteParams } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const removeCustomerNoteRoute: Route = (api, { database }) => {
  api.delete(
    '/customers/:id/notes/:note',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Delete your own note',
        params: CustomerNoteParams,
        querystring: Nothing,
        response: { 204: Type.Null(), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { note } = request.params;
      await database.withCompany(company, async (trx) => {
        const { id: customer } = await customerOf(trx, request.params.id);
        const deleted = await deleteCustomerNote(trx, { id: note, customer, agent });
        if (!deleted) throw missing('note of yours', note);
        await notifyCustomerChanged(trx, customer);
      });
      return reply.code(204).send(null);
    },
  );
};
