import { isGrpcServiceError } from '@temporalio/client';

/** gRPC's status code for a call that ran out of time. */
export const DEADLINE_EXCEEDED = 4;

/** gRPC's status codes for a server that is not reached: DEADLINE_EXCEEDED and UNAVAILABLE. */
const NOT_REACHED: readonly (number | null)[] = [DEADLINE_EXCEEDED, 14];

/** gRPC's status code behind what Temporal's client throws, which wraps it; null for none. */
export function grpcCodeOf(error: unknown): number | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause)) return Number(cause.code);
  }
  return null;
}

/** Whether the server was not reached, and not that it answered with a refusal. */
export function isNotReached(error: unknown): boolean {
  return NOT_REACHED.includes(grpcCodeOf(error));
}
