import { Type } from '@fastify/type-provider-typebox';

/** How much waits in each view. */
export const ViewCounts = Type.Object({
  open: Type.Integer(),
  new: Type.Integer(),
  team: Type.Integer(),
  pending: Type.Integer(),
  parked: Type.Integer(),
  notDelivered: Type.Integer(),
});
