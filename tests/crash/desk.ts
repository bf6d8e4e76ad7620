import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, type Knex, select } from '../../database/client.ts';
import type { Product } from '../../stack/test-stack.ts';
import { waitUntil } from './wait-until.ts';

export const COMPANY = 'acme';

/** A desk that was killed is asked again until it answers, as a person would. */
const ANSWER_MS_MAX = 60_000;
const ONE_ANSWER_MS_MAX = 15_000;

const PAGE = 200;
const POOL_MAX = 2;

/** The running product as its admin uses it, and its database behind the product's back. */
export interface Desk {
  /** Calls until there is an answer; with `key`, so that a lost answer does nothing twice. */
  post(path: string, body: object, key: string): Promise<unknown>;
  /** Every item of a list, page by page. */
  list(path: string): Promise<Record<string, unknown>[]>;
  rows<Row>(sql: string, bindings?: readonly Knex.RawBinding[]): Promise<Row[]>;
  close(): Promise<void>;
}

export function openDesk(product: Product): Desk {
  const credentials: unknown = JSON.parse(
    readFileSync(join(product.folder, 'credentials.json'), 'utf8'),
  );
  const token = String(fieldOf(credentials, 'apiToken'));
  const database = createDatabase(product.run.databaseUrl, { poolMax: POOL_MAX });
  const call = (method: string, path: string, body?: object, key?: string) =>
    waitUntil(
      `${method} ${path} is answered`,
      async () => {
        const answer = await fetch(`${product.url}/api/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(ONE_ANSWER_MS_MAX),
        });
        const said = await answer.text();
        if (answer.ok) return { value: parseJson(said) };
        throw new Error(`${answer.status} ${said}`);
      },
      ANSWER_MS_MAX,
    ).then(({ value }) => value);
  return {
    post: (path, body, key) => call('POST', path, body, key),
    list: async (path) => {
      const items: Record<string, unknown>[] = [];
      const sign = path.includes('?') ? '&' : '?';
      for (let cursor: string | null = null; ;) {
        const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page = await call('GET', `${path}${sign}limit=${PAGE}${next}`);
        const found = fieldOf(page, 'items');
        if (!Array.isArray(found)) throw new Error(`${path} gave no list`);
        items.push(...found.filter(isRecord));
        const after = fieldOf(page, 'nextCursor');
        if (typeof after !== 'string') return items;
        cursor = after;
      }
    },
    rows: (sql, bindings = []) =>
      database.withCompany(COMPANY, (trx) => select(trx, sql, [...bindings])),
    close: () => database.close(),
  };
}

export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
