import { Type } from '@fastify/type-provider-typebox';

import { turns } from '../../database/queries/ticket-filter.ts';
import { ratingScores } from '../../domain/ratings.ts';
import { ticketStates } from '../../domain/ticket/ticket.ts';
import { Id, TicketNumber, Time } from './basics.ts';
import { oneOf } from './one-of.ts';
import { SearchText } from './settings.ts';

/** Nobody narrows a list by more; each label costs a look-up for each ticket. */
const LABELS_MAX = 10;

/** A year: what has waited longer is found by that as well. */
const WAITING_HOURS_MAX = 8_760;

/** What a list of tickets can be narrowed to; a ticket has to fit every one of them. */
export const ticketFilterFields = {
  label: Type.Optional(
    Type.Array(Id, { maxItems: LABELS_MAX, description: 'Names or ids; a ticket has all of them' }),
  ),
  state: Type.Optional(
    Type.Array(oneOf(ticketStates), { maxItems: ticketStates.length, description: 'One of them' }),
  ),
  q: Type.Optional(SearchText),
  team: Type.Optional(Id),
  mailbox: Type.Optional(Type.String({ ...Id, description: 'Its address or its id' })),
  customer: Type.Optional(Id),
  owner: Type.Optional(Id),
  solver: Type.Optional(Id),
  number: Type.Optional(TicketNumber),
  turn: Type.Optional(oneOf(turns)),
  rating: Type.Optional(oneOf(ratingScores)),
  unread: Type.Optional(Type.Boolean()),
  waitingHours: Type.Optional(Type.Integer({ minimum: 1, maximum: WAITING_HOURS_MAX })),
  createdFrom: Type.Optional(Time),
  createdBefore: Type.Optional(Time),
  lastFrom: Type.Optional(Time),
  lastBefore: Type.Optional(Time),
  solvedFrom: Type.Optional(Time),
  solvedBefore: Type.Optional(Time),
};
