import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import { statusOf } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';

/** RFC 9457. `code` is stable; facts such as `owner` or `allowed` stand beside it. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    requestId: Type.String(),
  },
  { $id: 'Problem', additionalProperties: true },
);

export const ProblemRef = Type.Unsafe<Static<typeof Problem>>({ $ref: 'Problem#' });

/** What any route may answer, whatever it does. */
const always = ['validation', 'internal', 'unavailable'] as const;
type AlwaysCode = (typeof always)[number];

/** What a route with a signed-in agent may answer besides. */
export const signedInCodes = ['unauthenticated', 'forbidden'] as const;

type StatusOf<C extends ErrorCode> = (typeof statusOf)[C];

/** The `response` entries of a route for the codes that it may refuse with. */
export function problems<C extends ErrorCode>(
  ...codes: readonly C[]
): { [S in StatusOf<C | AlwaysCode>]: typeof ProblemRef };
export function problems(...codes: readonly ErrorCode[]): { [status: number]: typeof ProblemRef } {
  const byStatus: { [status: number]: string[] } = {};
  for (const code of [...always, ...codes]) {
    const listed = (byStatus[statusOf[code]] ??= []);
    if (!listed.includes(code)) listed.push(code);
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, listed]) => [
      status,
      Type.Unsafe<Static<typeof Problem>>({ $ref: 'Problem#', description: listed.join(', ') }),
    ]),
  );
}
