import { Type } from '@fastify/type-provider-typebox';

import { orNull } from './basics.ts';
import { oneOf } from './one-of.ts';

export const mailOutcomes = [
  'pending',
  'new_ticket',
  'added',
  'duplicate',
  'bounce',
  'automatic',
  'parked',
] as const;

/** A mail that came in, and its one outcome. */
export const Mail = Type.Object({
  id: Type.String(),
  receivedAt: Type.String(),
  via: oneOf(['smtp', 'form', 'imap', 'import']),
  messageId: orNull(Type.String()),
  from: Type.Object({ name: Type.String(), email: Type.String() }),
  to: Type.Array(Type.String()),
  mailbox: orNull(
    Type.Object({ id: Type.String(), address: Type.String() }, { description: 'Where it came in' }),
  ),
  subject: Type.String(),
  outcome: oneOf(mailOutcomes),
  reason: Type.String(),
  automatic: Type.Boolean(),
  ticket: orNull(Type.Integer()),
  size: Type.Integer({ description: 'bytes' }),
  threat: orNull(Type.String({ description: 'what was found in it; then ask with `anyway`' })),
});

/** What a mail says, to decide about it. */
export const MailPreview = Type.Object({
  text: Type.String(),
  files: Type.Array(Type.Object({ filename: Type.String(), contentType: Type.String() })),
  problem: orNull(Type.String({ description: 'Why not all of it could be read' })),
});
