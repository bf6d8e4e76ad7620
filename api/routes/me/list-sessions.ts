import { Type } from '@fastify/type-provider-typebox';

import { listSessions } from '../../../database/queries/sessions.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { Session } from '../../schemas/me.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Where an agent is signed in. */
export const listOwnSessions: Route = (api, { database }) => {
  api.get(
    '/me/sessions',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['session'],
        summary: 'Where one is signed in, the newest first',
        querystring: Nothing,
        response: {
          200: Type.Object({ items: Type.Array(Session) }),
          ...problems(...signedInCodes),
        },
      },
    },
    async (request) => {
      const { company, agent, credential } = whoAsks(request);
      const items = await database.withCompany(company, (trx) =>
        listSessions(trx, agent, credential),
      );
      return { items };
    },
  );
};
