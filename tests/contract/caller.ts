import type { Answer } from './answer.ts';
import { documentOf } from './openapi.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type HeaderLines = Record<string, string>;

/** Calls `/api/v1` with the same headers each time; every answer is held to the document. */
export interface Caller {
  url: string;
  call(method: Method, path: string, body?: unknown, headers?: HeaderLines): Promise<Answer>;
  /** The same, for calls that have to work: anything but 2xx is an error. */
  done(method: Method, path: string, body?: unknown, headers?: HeaderLines): Promise<Answer>;
}

export function createCaller(url: string, headers: HeaderLines): Caller {
  const call: Caller['call'] = async (method, path, body, more = {}) => {
    const isJson = body !== undefined && !(body instanceof FormData) && typeof body !== 'string';
    const given = new Headers({ ...headers, ...more });
    if (isJson) given.set('content-type', 'application/json');
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: given,
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : rawBody(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: /\bjson\b/.test(type) && text !== '' ? JSON.parse(text) : null,
    };
    (await documentOf(url)).check(method, `/api/v1${path}`, answer);
    return answer;
  };
  const done: Caller['done'] = async (method, path, body, more) => {
    const answer = await call(method, path, body, more);
    if (answer.status < 300) return answer;
    throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.text}`);
  };
  return { url, call, done };
}

export function withToken(url: string, token: string): Caller {
  return createCaller(url, { authorization: `Bearer ${token}` });
}

function rawBody(body: unknown): string | FormData {
  if (typeof body === 'string' || body instanceof FormData) return body;
  throw new Error('a raw body is a text or a form');
}
