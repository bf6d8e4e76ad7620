import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Api } from '../../api/deps.ts';
import { statusOf } from '../../domain/errors.ts';
import { buildUnreachedApi } from './unreached-api.ts';

let api: Api;

beforeAll(async () => {
  api = await buildUnreachedApi();
  await api.ready();
});

afterAll(() => api.close());

/** The OpenAPI document's own word for a path. */
const documented = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

// Documents are looked at as they come.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const readDocument = async (): Promise<any> => {
  const answer = await api.inject({ url: '/api/openapi.json' });
  return answer.json();
};

/** `name` of a field that must be there, `name?` of one that may be. */
const fieldsOf = (schema: { properties?: object; required?: string[] } | undefined): string =>
  Object.keys(schema?.properties ?? {})
    .map((name) => (schema?.required?.includes(name) ? name : `${name}?`))
    .join(' ');

test('calls, their callers, fields and answers are the ones that were reviewed', async () => {
  const { paths } = await readDocument();
  const lines = api.routeTable
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, path, auth }) => {
      const call = paths[documented(path)][method.toLowerCase()];
      const query = (call.parameters ?? [])
        .filter((parameter: { in: string }) => parameter.in === 'query')
        .map(({ name, required }: { name: string; required?: boolean }) =>
          required ? name : `${name}?`,
        )
        .join(' ');
      const body = fieldsOf(call.requestBody?.content?.['application/json']?.schema);
      const asked = [query && `?${query}`, body && `{${body}}`].filter(Boolean).join(' ');
      const statuses = Object.keys(call.responses).join(' ');
      return `${path} ${method} [${auth}] ${asked} -> ${statuses}`.replace(/ +/g, ' ');
    })
    .sort();
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('route-table.txt');
});

test('the OpenAPI document is of version 3.1, and every call in it has a summary', async () => {
  const { openapi, paths } = await readDocument();
  expect(openapi).toBe('3.1.0');
  const silent = api.routeTable.filter(
    ({ method, path }) =>
      method !== 'HEAD' && !paths[documented(path)]?.[method.toLowerCase()]?.summary,
  );
  expect(silent).toEqual([]);
});

test('every call documents a success, mistakes of the caller, and outages', async () => {
  const { paths } = await readDocument();
  const incomplete = api.routeTable.filter(({ method, path }) => {
    if (method === 'HEAD') return false;
    const { responses } = paths[documented(path)][method.toLowerCase()];
    const statuses = Object.keys(responses);
    const has = (start: string) => statuses.some((status) => status.startsWith(start));
    return !has('2') || !statuses.includes('400') || !statuses.includes('503');
  });
  expect(incomplete).toEqual([]);
});

test('docs/errors.md lists every code with its status, and no other', () => {
  const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const listed = [...text.matchAll(/^\| `(\w+)` +\| (\d{3}) +\|/gm)].map((row) => [
    row[1],
    Number(row[2]),
  ]);
  expect(Object.fromEntries(listed)).toEqual(statusOf);
});
