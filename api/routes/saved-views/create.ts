import { newId } from '../../../database/new-id.ts';
import {
  countSavedViews,
  insertSavedView,
  readSavedView,
} from '../../../database/queries/saved-views.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SavedView, savedViewFields, SAVED_VIEWS_MAX } from '../../schemas/saved-view.ts';

export const createSavedViewRoute: Route = (api, { database }) => {
  api.post(
    '/saved-views',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['saved-views'],
        summary: 'Save a view, for oneself or for the whole company',
        querystring: Nothing,
        body: strict(savedViewFields),
        response: {
          201: SavedView,
          ...problems(...signedInCodes, 'too_large', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { name, shared = false, view, query } = request.body;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ view: newId() }));
        const id = ids.id('view');
        if (ids.fresh) {
          if ((await countSavedViews(trx, agent)) >= SAVED_VIEWS_MAX) throw tooMany();
          await insertSavedView(trx, { id, agent, name: name.trim(), shared, view, query });
        }
        return found(await readSavedView(trx, agent, id), 'saved view', id);
      });
      return reply.code(201).send(made);
    },
  );
};

function tooMany(): Error {
  return refused(
    'too_large',
    `You have ${SAVED_VIEWS_MAX} saved views, and can have no more; delete one first.`,
    { max: SAVED_VIEWS_MAX },
  );
}
