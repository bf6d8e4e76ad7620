import { Type } from '@fastify/type-provider-typebox';

import { endOtherSessions } from '../../../database/queries/sessions.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** The session that asks goes on; so do API tokens. */
export const endOwnSessions: Route = (api, { database }) => {
  api.delete(
    '/me/sessions',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['session'],
        summary: 'Sign out everywhere else',
        querystring: Nothing,
        response: { 204: Type.Null(), ...problems(...signedInCodes) },
      },
    },
    async (request, reply) => {
      const { company, agent, credential } = whoAsks(request);
      await database.withCompany(company, (trx) => endOtherSessions(trx, agent, credential));
      return reply.code(204).send(null);
    },
  );
};
