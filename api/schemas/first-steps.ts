import { Type } from '@fastify/type-provider-typebox';

import { orNull } from './basics.ts';

export const FirstSteps = Type.Object({
  steps: Type.Object({
    mailbox: Type.Boolean({ description: 'A mailbox is connected' }),
    invited: Type.Boolean({ description: 'A colleague is there' }),
    testMail: Type.Boolean({ description: 'A mail from an agent’s own address came in' }),
    form: Type.Boolean({ description: 'A message of the contact form came in' }),
  }),
  over: Type.Boolean({ description: 'All done, or put away' }),
  address: orNull(Type.String({ description: 'The first mailbox' })),
  formUrl: orNull(Type.String({ description: 'Where its contact form posts to' })),
});
