import { Type } from '@fastify/type-provider-typebox';

import {
  listSavedViews,
  orderSavedViews,
  savedViewIds,
} from '../../../database/queries/saved-views.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Id, Nothing, page, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SavedView } from '../../schemas/saved-view.ts';

/** Own and shared ones together, as many as are listed. */
const ORDERED_MAX = 200;

export const orderSavedViewsRoute: Route = (api, { database }) => {
  api.put(
    '/saved-views/order',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['saved-views'],
        summary: 'Put the saved views into an order of one’s own; those not named come after',
        querystring: Nothing,
        body: strict({ views: Type.Array(Id, { maxItems: ORDERED_MAX, uniqueItems: true }) }),
        response: { 200: page(SavedView), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { views } = request.body;
      return database.withCompany(company, async (trx) => {
        const known = await savedViewIds(trx, agent);
        const unknown = views.find((id) => !known.has(id));
        if (unknown !== undefined) throw missing('saved view', unknown);
        await orderSavedViews(trx, agent, views);
        return { items: await listSavedViews(trx, agent), nextCursor: null };
      });
    },
  );
};
