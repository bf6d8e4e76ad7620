import { newId } from '../../../database/new-id.ts';
import { holdCustomer } from '../../../database/queries/customer-now.ts';
import {
  insertCustomerNote,
  notifyCustomerChanged,
  readCustomerNote,
} from '../../../database/queries/customers.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { CustomerNote, NoteText } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Body = strict({ text: NoteText });

export const addCustomerNoteRoute: Route = (api, { database }) => {
  api.post(
    '/customers/:id/notes',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Write a note about a customer, which no customer sees',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: {
          201: CustomerNote,
          ...problems(...signedInCodes, 'not_found', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const text = request.body.text.trim();
      const made = await database.withCompany(company, async (trx) => {
        const customer = found(await holdCustomer(trx, id), 'customer', id);
        const ids = await once(request).ids(trx, () => ({ note: newId() }));
        const note = ids.id('note');
        if (ids.fresh) {
          await insertCustomerNote(trx, { id: note, customer, agent, text });
          await notifyCustomerChanged(trx, customer);
        }
        return found(await readCustomerNote(trx, note), 'note', note);
      });
      return reply.code(201).send(made);
    },
  );
};
