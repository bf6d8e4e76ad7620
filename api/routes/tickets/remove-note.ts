import { Type } from '@fastify/type-provider-typebox';

import { notifyTicket } from '../../../database/queries/live.ts';
import { eraseNote } from '../../../database/queries/notes.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { NoteParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const removeNote: Route = (api, { database }) => {
  api.delete(
    '/tickets/:number/notes/:note',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Delete the words of your own note; that there was one stays',
        params: NoteParams,
        querystring: Nothing,
        response: { 204: Type.Null(), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { number, note: id } = request.params;
      await database.withCompany(company, async (trx) => {
        if (!(await eraseNote(trx, { id, ticket: number, agent }))) throw missing('note', id);
        await notifyTicket(trx, number);
      });
      return reply.code(204).send(null);
    },
  );
};
