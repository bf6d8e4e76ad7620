import { setTimeout as wait } from 'node:timers/promises';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Item {
  id: string;
  [field: string]: unknown;
}

/** A call is repeated while the desk is still starting, or busy. */
const TRIES_MAX = 20;
const RETRY_MS = 500;

/** Longer than any healthy answer. */
const ANSWER_TIMEOUT_MS = 20_000;

/** A list of settings that is longer is not the demo's. */
const LIST_LIMIT = 200;

/** The API as one agent uses it. */
export class DeskClient {
  readonly #url: string;
  readonly #token: string;
  readonly #signal: AbortSignal;

  /** `signal` ends every call and every wait for the next try. */
  constructor(url: string, token: string, signal: AbortSignal) {
    this.#url = url;
    this.#token = token;
    this.#signal = signal;
  }

  /** Calls until there is an answer. @throws when the answer is a refusal */
  async call(method: Method, path: string, body?: object, key?: string): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#try(method, path, body, key);
      if (answer !== null && answer.ok) return answer.status === 204 ? null : answer.json();
      const passing = answer === null || answer.status >= 500 || answer.status === 429;
      if (!passing || attempt === TRIES_MAX) {
        const said = answer === null ? 'no answer' : `${answer.status} ${await answer.text()}`;
        throw new Error(`${method} ${path}: ${said}`);
      }
      await wait(RETRY_MS, undefined, { signal: this.#signal });
    }
  }

  async list(path: string): Promise<Item[]> {
    const sign = path.includes('?') ? '&' : '?';
    const page = await this.call('GET', `${path}${sign}limit=${LIST_LIMIT}`);
    if (!isRecord(page) || !Array.isArray(page.items)) throw new Error(`${path} gave no list`);
    return page.items.filter(isRecord).map((item) => ({ ...item, id: String(item.id) }));
  }

  async me(): Promise<{ agent: { id: string } }> {
    const me = await this.call('GET', '/me');
    if (!isRecord(me) || !isRecord(me.agent)) throw new Error('/me gave no agent');
    return { agent: { id: String(me.agent.id) } };
  }

  async makeToken(name: string, agent: string): Promise<{ id: string; token: string }> {
    const made = await this.call('POST', '/tokens', { name, agent });
    if (!isRecord(made)) throw new Error('/tokens gave no token');
    return { id: String(made.id), token: String(made.token) };
  }

  async #try(
    method: Method,
    path: string,
    body: object | undefined,
    key: string | undefined,
  ): Promise<Response | null> {
    try {
      return await fetch(`${this.#url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
    } catch (error) {
      if (this.#signal.aborted) throw error;
      return null;
    }
  }
}

export function isRecord(value: unknown): value is { [field: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
