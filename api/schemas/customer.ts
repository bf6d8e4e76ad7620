import { Type } from '@fastify/type-provider-typebox';

import { Named, orNull } from './basics.ts';

export const CustomerNote = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: orNull(Named),
  text: Type.String(),
});

export const Customer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  addresses: Type.Array(Type.String()),
  createdAt: Type.String(),
  tickets: Type.Integer({ description: 'How many there are' }),
  notes: Type.Array(CustomerNote, { description: 'Newest first' }),
});
