import {
  notifyCustomerChanged,
  readCustomerNote,
  rewriteCustomerNote,
} from '../../../database/queries/customers.ts';
import { customerOf } from '../../commands/customer-addresses.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { CustomerNote, CustomerNoteParams, NoteText } from '../../schemas/customer.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const changeCustomerNoteRoute: Route = (api, { database }) => {
  api.patch(
    '/customers/:id/notes/:note',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['customers'],
        summary: 'Change the words of your own note',
        params: CustomerNoteParams,
        querystring: Nothing,
        body: strict({ text: NoteText }),
        response: { 200: CustomerNote, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { note } = request.params;
      const text = request.body.text.trim();
      return database.withCompany(company, async (trx) => {
        const { id: customer } = await customerOf(trx, request.params.id);
        const words = { id: note, customer, agent, text };
        if (!(await rewriteCustomerNote(trx, words))) throw missing('note of yours', note);
        await notifyCustomerChanged(trx, customer);
        return found(await readCustomerNote(trx, note), 'note', note);
      });
    },
  );
};
