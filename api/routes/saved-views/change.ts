import { Type } from '@fastify/type-provider-typebox';

import { readSavedView, updateSavedView } from '../../../database/queries/saved-views.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SavedView, savedViewFields } from '../../schemas/saved-view.ts';
import { mayChangeView } from './own-view.ts';

const Body = strict({
  name: Type.Optional(savedViewFields.name),
  shared: savedViewFields.shared,
  view: Type.Optional(savedViewFields.view),
  query: Type.Optional(savedViewFields.query),
});

export const changeSavedViewRoute: Route = (api, { database }) => {
  api.patch(
    '/saved-views/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['saved-views'],
        summary: 'Rename, share or change a saved view of one’s own; admins also shared ones',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: SavedView, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { name, ...others } = request.body;
      return database.withCompany(company, async (trx) => {
        const before = await mayChangeView(trx, agent, id);
        const named = name === undefined ? {} : { name: name.trim() };
        await updateSavedView(trx, id, { ...others, ...named });
        // Unshared by an admin it is its owner's alone: the answer is the view as it was left.
        const changed = await readSavedView(trx, agent, id);
        return changed ?? { ...before, ...others, ...named };
      });
    },
  );
};
