import { Type } from '@fastify/type-provider-typebox';

import { ratingScores } from '../../domain/ratings.ts';
import { oneOf } from './one-of.ts';
import { Named, orNull } from './basics.ts';

/** What a customer said of the help. */
export const ratingFields = {
  score: oneOf(ratingScores),
  comment: Type.String({ description: "'' for none" }),
  at: Type.String(),
};

const counts = { good: Type.Integer(), okay: Type.Integer(), bad: Type.Integer() };

/** Each ticket counts once, by what its customer said last. */
export const RatingReport = Type.Object({
  from: Type.String(),
  to: Type.String(),
  counts: Type.Object(counts),
  agents: Type.Array(
    Type.Object({
      agent: orNull(Named),
      ...counts,
    }),
    { description: 'By who had solved or owned the ticket; null: nobody, as with the assistant' },
  ),
  teams: Type.Array(Type.Object({ team: orNull(Named), ...counts })),
  comments: Type.Array(
    Type.Object({
      ticket: Type.Object({ number: Type.Integer(), subject: Type.String() }),
      agent: orNull(Named),
      ...ratingFields,
    }),
    { description: 'The newest ones that have words' },
  ),
});
