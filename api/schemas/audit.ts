import { Type } from '@fastify/type-provider-typebox';

import { auditActs, auditKinds, auditWays } from '../../domain/audit.ts';
import { Named, orNull } from './basics.ts';
import { oneOf } from './one-of.ts';

export const AuditKindName = oneOf(auditKinds);

const Change = Type.Object({
  field: Type.String(),
  from: Type.Optional(orNull(Type.String())),
  to: Type.Optional(orNull(Type.String())),
});

export const AuditEntry = Type.Object({
  id: Type.String(),
  at: Type.String(),
  actor: orNull(Named),
  way: oneOf(auditWays),
  kind: AuditKindName,
  act: oneOf(auditActs),
  subject: orNull(Type.String({ description: 'The id of what it happened to' })),
  name: orNull(Type.String({ description: 'What that was called' })),
  changes: Type.Array(Change, { description: 'Secrets and long texts are named only' }),
});
