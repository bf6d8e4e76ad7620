import { Type } from '@fastify/type-provider-typebox';

import { Named } from './basics.ts';

export const Me = Type.Object({
  agent: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    role: Type.Union([Type.Literal('agent'), Type.Literal('admin')]),
  }),
  company: Named,
  teams: Type.Array(Named),
});
