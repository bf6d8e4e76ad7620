import { Type } from '@fastify/type-provider-typebox';

import { noAnswerReasons } from '../../domain/ticket/assistant.ts';
import { oneOf } from './one-of.ts';

const Used = Type.Array(
  Type.Object({ id: Type.String(), title: Type.String(), count: Type.Integer() }),
  { description: 'Most used first' },
);

export const AnswerReport = Type.Object({
  from: Type.String(),
  to: Type.String(),
  counts: Type.Object({
    deflected: Type.Integer({ description: 'Solved with what the support module showed' }),
    answered: Type.Integer({ description: 'First mails that the assistant answered' }),
    wroteAgain: Type.Integer({ description: 'Of these, those whose customer wrote again' }),
    suggested: Type.Integer({ description: 'First mails for which agents saw an answer' }),
    suggestedUsed: Type.Integer({ description: 'Of these, those whose answer was used' }),
    handedOver: Type.Integer({ description: 'First mails without an answer' }),
  }),
  reasons: Type.Array(
    Type.Object({
      reason: oneOf([
        ...noAnswerReasons,
        ...(['claimed', 'customer_wrote', 'no_address', 'too_many'] as const),
      ]),
      suggested: Type.Boolean({ description: 'Agents saw an answer all the same' }),
      count: Type.Integer(),
    }),
    { description: 'Why a person answers, most frequent first' },
  ),
  marks: Type.Object({
    used: Type.Integer({ description: 'Suggestions put into answers, articles too' }),
    dismissed: Type.Integer(),
  }),
  topics: Type.Array(
    Type.Object({
      words: Type.Array(Type.String(), {
        description: 'What its questions have in common; none for a question by itself',
      }),
      tickets: Type.Array(Type.Object({ number: Type.Integer(), subject: Type.String() })),
    }),
    { description: 'What nothing was found for, the largest topics first' },
  ),
  canned: Used,
  articles: Used,
});
