import { readViewCounts } from '../../../database/queries/views.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { ViewCounts } from '../../schemas/views.ts';

export const showViewsRoute: Route = (api, { database }) => {
  api.get(
    '/views',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'How much waits in each view',
        querystring: Nothing,
        response: { 200: ViewCounts, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      return database.withCompany(company, (trx) => readViewCounts(trx, agent));
    },
  );
};
