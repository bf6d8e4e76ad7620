import { Type } from '@fastify/type-provider-typebox';

import { Named, orNull, page } from './basics.ts';
import { oneOf } from './one-of.ts';

/** Where an outgoing mail stands, as its id is answered with. */
export const sentStates = [
  'scheduled',
  'sending',
  'sent',
  'failed',
  'bounced',
  'uncertain',
  'cancelled',
] as const;
export type SentState = (typeof sentStates)[number];

export const MessageAnswer = Type.Object({
  message: Type.Object({
    id: Type.String(),
    state: oneOf(sentStates),
    sendAt: orNull(Type.String({ description: 'When it leaves, while it waits' })),
    ticket: Type.Integer(),
  }),
});

export const SentMailPage = page(
  Type.Object({
    id: Type.String(),
    ticket: Type.Object({ number: Type.Integer(), subject: Type.String() }),
    kind: Type.String(),
    state: oneOf(sentStates),
    at: Type.String(),
    nextTryAt: orNull(Type.String({ description: 'Of a mail that was put off' })),
    to: Type.Array(Type.String()),
    cc: Type.Array(Type.String()),
    subject: Type.String(),
    snippet: Type.String(),
    writer: orNull(Named),
    reason: orNull(Type.String({ description: 'What the other server said' })),
  }),
);

/** One thing that will happen to a ticket by itself. */
export const NextItem = Type.Object({
  id: Type.String(),
  kind: oneOf(['callback', 'autoSolve', 'send', 'close', 'assistant']),
  at: Type.String(),
  by: orNull(Named),
  reason: orNull(Type.String()),
  dropIfCustomerWrites: Type.Optional(
    Type.Boolean({ description: 'Of a mail: whether it stays unsent if the customer writes' }),
  ),
});

export const NextItems = Type.Object({ items: Type.Array(NextItem) });

export const CancelledItem = Type.Object({
  id: Type.String(),
  kind: oneOf(['callback', 'autoSolve', 'send', 'close']),
  at: orNull(Type.String()),
});

/** The words of the log in those of the contract. */
export function sentState(state: string): SentState {
  if (state === 'waiting') return 'scheduled';
  if (state === 'deferred') return 'sending';
  return sentStates.find((known) => known === state) ?? 'sending';
}
