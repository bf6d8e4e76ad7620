/** What a call was refused with: an RFC 9457 problem document, or no answer at all. */
export interface Problem {
  code: string;
  status: number;
  detail: string;
  requestId: string | null;
  extras: Record<string, unknown>;
}

/** Code of an error that never reached the server, so that nothing is known about its outcome. */
export const OFFLINE = 'offline';

/** A refused or failed call. `status` is 0 when there was no answer. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly extras: Record<string, unknown>;

  constructor(problem: Problem) {
    super(problem.detail);
    this.code = problem.code;
    this.status = problem.status;
    this.requestId = problem.requestId;
    this.extras = problem.extras;
  }
}

const STANDARD = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId']);

/** Reads a problem document; anything else becomes a sentence about the status. */
export function problemFrom(
  status: number,
  body: unknown,
  requestId: string | null = null,
): Problem {
  const fields: Record<string, unknown> = isRecord(body) ? body : {};
  const detail = firstText(fields.detail, fields.title) ?? `The server answered ${status}.`;
  return {
    status,
    detail,
    code: firstText(fields.code) ?? `http_${status}`,
    requestId: firstText(fields.requestId) ?? requestId,
    extras: Object.fromEntries(Object.entries(fields).filter(([key]) => !STANDARD.has(key))),
  };
}

/** One sentence for the person, with what to do next; the request id follows where it helps. */
export function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in this page. Reload it.';
  if (error.code === OFFLINE) {
    return 'No connection to the server. What you typed is kept; try again.';
  }
  if (error.code === 'rate_limited') return 'Too many tries in a short time. Wait a minute.';
  if (error.status >= 500) {
    const id = error.requestId === null ? '' : ` Request ${error.requestId}.`;
    return `The server cannot do this right now. Nothing is lost; try again.${id}`;
  }
  return error.message;
}

/** The name in an extra such as `owner: {id, name}`; null when there is none. */
export function nameIn(error: ApiError, key: string): string | null {
  const value = error.extras[key];
  if (typeof value === 'string') return value;
  return isRecord(value) ? (firstText(value.name) ?? null) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}
