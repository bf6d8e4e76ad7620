import { Type } from '@fastify/type-provider-typebox';

import { reminderKinds } from '../../domain/ticket/events.ts';
import { oneOf } from './one-of.ts';

export const Reminder = Type.Object({
  id: Type.String(),
  at: Type.String(),
  ticket: Type.Object({ number: Type.Integer(), subject: Type.String() }),
  kind: oneOf(reminderKinds),
  text: Type.String(),
});
