import { ApiError, NO_ANSWER, problemFrom } from './api-error.ts';

export type Query = Record<string, string | number | readonly string[] | undefined | null>;

export interface CallOptions {
  query?: Query;
  body?: unknown;
  /** Makes a repeated try of the same change count once. A fresh one is made when absent. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Goes on when the page is left. */
  keepalive?: boolean;
  /** For calls that take longer than others to be answered. */
  waitMs?: number;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Longest wait for an answer; a slow worker answers updates well within it. */
const ANSWER_TIMEOUT_MS = 20_000;

const BASE = '/api/v1';

/** Calls /api/v1 with the session cookie; every refusal is an ApiError. */
export class Transport {
  readonly #fetch: typeof fetch;
  readonly #onSignedOut: (() => void) | undefined;

  /** `onSignedOut` runs when a call is answered 401 (the session has ended). */
  constructor(fetcher: typeof fetch, onSignedOut?: () => void) {
    this.#fetch = fetcher;
    this.#onSignedOut = onSignedOut;
  }

  /** One call; answers the parsed JSON, or undefined for an empty answer. */
  async call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
    const response = await this.#send(method, path, options);
    const body = await readJson(response);
    if (response.ok) return body;
    if (response.status === 401) this.#onSignedOut?.();
    throw new ApiError(problemFrom(response.status, body, requestIdOf(response)));
  }

  async #send(method: Method, path: string, options: CallOptions): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' });
    // The browser names a form's type itself, with what parts its fields.
    const isForm = options.body instanceof FormData;
    if (options.body !== undefined && !isForm) headers.set('content-type', 'application/json');
    if (method !== 'GET') {
      headers.set('idempotency-key', options.idempotencyKey ?? crypto.randomUUID());
    }
    const timeout = AbortSignal.timeout(options.waitMs ?? ANSWER_TIMEOUT_MS);
    try {
      return await this.#fetch(address(path, options.query), {
        method,
        headers,
        credentials: 'same-origin',
        keepalive: options.keepalive ?? false,
        body: bodyOf(options.body),
        signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      });
    } catch {
      throw new ApiError(NO_ANSWER);
    }
  }
}

/** The address of a call, without empty query fields. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of [value].flat()) search.append(key, String(one));
  }
  const text = search.toString();
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`;
}

function bodyOf(body: unknown): string | FormData | undefined {
  if (body === undefined || body instanceof FormData) return body;
  return JSON.stringify(body);
}

async function readJson(response: Response) {
  const text = await response.text().catch(() => '');
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requestIdOf(response: Response): string | null {
  return response.headers.get('x-request-id') ?? response.headers.get('request-id');
}
