/**
 * Everything that can be refused, by its stable code. The HTTP status is here because a code means
 * the same thing wherever it shows: in a problem document, on an update, in a ticket's history.
 */
export const statusOf = {
  validation: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  already_claimed: 409,
  already_exists: 409,
  not_allowed: 409,
  too_late: 409,
  news: 409,
  link_over: 410,
  too_large: 413,
  type_not_allowed: 415,
  date_in_past: 422,
  idempotency_mismatch: 422,
  agent_inactive: 422,
  agent_required: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statusOf;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A typed "no": a stable code, a sentence with the received value and what to do, and facts. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  details?: { [key: string]: Json };
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(statusOf, value);
}

/** Thrown where a refusal has to cross a call stack; the API turns it into a problem document. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export function refused(
  code: ErrorCode,
  message: string,
  details?: { [key: string]: Json },
): RefusedError {
  return new RefusedError(details === undefined ? { code, message } : { code, message, details });
}

/** Makes an exhaustive `switch` a type error when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
