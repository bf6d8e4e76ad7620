import { readMe } from '../../../database/queries/me.ts';
import type { Route } from '../../deps.ts';
import { meAnswer } from '../../me-answer.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { Me } from '../../schemas/me.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Who is signed in. */
export const showMe: Route = (api, { database, config }) => {
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
      return meAnswer(await database.withCompany(company, (trx) => readMe(trx, agent)), config);
    },
  );
};
