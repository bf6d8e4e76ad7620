import { listSavedViews } from '../../../database/queries/saved-views.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, page } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SavedView } from '../../schemas/saved-view.ts';

export const listSavedViewsRoute: Route = (api, { database }) => {
  api.get(
    '/saved-views',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['saved-views'],
        summary: 'One’s own saved views and the shared ones, in one’s order; always one page',
        querystring: Nothing,
        response: { 200: page(SavedView), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const items = await database.withCompany(company, (trx) => listSavedViews(trx, agent));
      return { items, nextCursor: null };
    },
  );
};
