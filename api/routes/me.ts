import { readMe } from '../../database/queries/me.ts';
import { refused } from '../../domain/errors.ts';
import type { Route } from '../deps.ts';
import { whoAsks } from '../plugins/authentication.ts';
import { Nothing } from '../schemas/basics.ts';
import { Me } from '../schemas/me.ts';
import { problems, signedInCodes } from '../schemas/problem.ts';

/** Who is signed in. */
export const showMe: Route = (api, { database }) => {
  api.get(
    '/me',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['session'],
        summary: 'The signed-in agent with company and teams',
        querystring: Nothing,
        response: { 200: Me, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const me = await database.withCompany(company, (trx) => readMe(trx, agent));
      if (!me) throw refused('unauthenticated', 'Your account was deactivated; ask an admin.');
      return me;
    },
  );
};
