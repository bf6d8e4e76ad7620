import { Type } from '@fastify/type-provider-typebox';

import { solverKinds, ticketStates } from '../../domain/ticket/ticket.ts';
import { undeliveredStates } from '../../database/queries/ticket-item.ts';
import { Named, orNull } from './basics.ts';
import { ratingFields } from './rating.ts';
import { oneOf } from './one-of.ts';

const fields = {
  number: Type.Integer(),
  subject: Type.String(),
  state: oneOf(ticketStates),
  closed: Type.Boolean({ description: 'Solved for good: the next mail begins a new ticket' }),
  owner: orNull(Named),
  team: orNull(Named),
  participants: Type.Array(Named),
  labels: Type.Array(Type.String()),
  snippet: Type.String(),
  unread: Type.Boolean(),
  turn: oneOf(['ours', 'customer']),
  waitingSince: orNull(Type.String()),
  createdAt: Type.String(),
  lastMessageAt: orNull(Type.String()),
  pendingUntil: orNull(Type.String()),
  autoSolveAt: orNull(Type.String()),
  solvedAt: orNull(Type.String()),
  solvedBy: orNull(
    Type.Object({
      kind: oneOf(solverKinds),
      id: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
    }),
  ),
  undelivered: orNull(oneOf(undeliveredStates)),
};

const customerFields = { id: Type.String(), name: Type.String(), email: Type.String() };

/** A ticket in a list. */
export const TicketItem = Type.Object({ ...fields, customer: Type.Object(customerFields) });

/** A ticket of a list that may have been searched. */
export const FoundTicket = Type.Object({
  ...TicketItem.properties,
  passage: Type.Optional(
    orNull(
      Type.String({ description: 'With `q`: where its newest mail with one of the words has it' }),
    ),
  ),
});

/** A ticket on its own page, and the answer of every call that changes one. */
export const ticketFields = {
  ...fields,
  customer: Type.Object({
    ...customerFields,
    addresses: Type.Array(Type.String()),
    ip: orNull(Type.String({ description: "Where the customer's newest mail came from" })),
  }),
  readTo: Type.Integer({ description: 'The newest timeline id that the agent has read; 0: none' }),
  mailbox: orNull(Type.Object({ id: Type.String(), name: Type.String(), address: Type.String() })),
  followUpOf: orNull(Type.Integer()),
  followUps: Type.Array(Type.Integer()),
  rating: orNull(Type.Object(ratingFields)),
};

export const Ticket = Type.Object(ticketFields);
