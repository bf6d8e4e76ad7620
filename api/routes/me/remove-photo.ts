import { Type } from '@fastify/type-provider-typebox';

import { updatePhoto } from '../../../database/queries/me.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Back to the initials. */
export const removePhoto: Route = (api, { database }) => {
  api.delete(
    '/me/photo',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['session'],
        summary: 'Remove one’s own picture',
        querystring: Nothing,
        response: { 204: Type.Null(), ...problems(...signedInCodes) },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      await database.withCompany(company, (trx) => updatePhoto(trx, agent, null));
      return reply.code(204).send(null);
    },
  );
};
