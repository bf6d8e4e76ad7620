import { isErrorCode } from '../../../../domain/errors.ts';
import { brokenPage } from '../i18n/broken.ts';
import type { Speech } from '../i18n/speech.ts';
import { factsOf, isRecord, nameOf } from './problem-facts.ts';

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

export const NO_ANSWER: Problem = {
  code: OFFLINE,
  status: 0,
  detail: '',
  requestId: null,
  extras: {},
};

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

/** Reads a problem document; of anything else only the status counts. */
export function problemFrom(
  status: number,
  body: unknown,
  requestId: string | null = null,
): Problem {
  const fields: Record<string, unknown> = isRecord(body) ? body : {};
  return {
    status,
    detail: firstText(fields.detail, fields.title) ?? '',
    code: firstText(fields.code) ?? `http_${status}`,
    requestId: firstText(fields.requestId) ?? requestId,
    extras: Object.fromEntries(Object.entries(fields).filter(([key]) => !STANDARD.has(key))),
  };
}

/**
 * One sentence for the person, in their language, with what to do next; the request id follows
 * where it helps. A code that the console does not know is told in the server's own words.
 */
export function sentence(error: unknown, say: Speech): string {
  if (!(error instanceof ApiError)) return brokenPage();
  const { problems } = say.t;
  if (error.code === OFFLINE) return problems.offline;
  const facts = factsOf(error, say);
  // What a broken server says is not for people.
  if (error.status >= 500) return problems.byCode.internal(facts);
  const words = isErrorCode(error.code) ? problems.byCode[error.code](facts) : error.message;
  return words || problems.answered(error.status);
}

/** The name in an extra such as `owner: {id, name}`; null when there is none. */
export function nameIn(error: ApiError, key: string): string | null {
  return nameOf(error.extras[key]);
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}
