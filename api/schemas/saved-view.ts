import { Type } from '@fastify/type-provider-typebox';

import { ticketSorts } from '../../database/queries/ticket-list.ts';
import { viewNames } from '../../database/queries/views.ts';
import { Named, orNull, strict } from './basics.ts';
import { oneOf } from './one-of.ts';
import { Name } from './settings.ts';
import { ticketFilterFields } from './ticket-filter.ts';

/** Beyond that a menu is no menu. */
export const SAVED_VIEWS_MAX = 50;

/** What `GET /tickets` takes besides the view: the sort and the filters. */
const SavedQuery = strict({ sort: Type.Optional(oneOf(ticketSorts)), ...ticketFilterFields });

export const savedViewFields = {
  name: Name,
  shared: Type.Optional(Type.Boolean({ description: 'The whole company sees it' })),
  view: oneOf(viewNames),
  query: SavedQuery,
};

export const SavedView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  shared: Type.Boolean({ description: 'The whole company sees it' }),
  agent: Type.Object(Named.properties, { description: 'Who saved it' }),
  view: oneOf(viewNames),
  query: Type.Object(SavedQuery.properties),
  count: orNull(
    Type.Integer({
      description: 'How many tickets it holds, 100 for that or more; null where words are sought',
    }),
  ),
  createdAt: Type.String(),
});
