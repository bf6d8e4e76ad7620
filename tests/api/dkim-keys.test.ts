import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { startNameServer } from '../../mail/testing/name-server.ts';
import type { TestNameServer } from '../../mail/testing/name-server.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let names: TestNameServer;
let anna: string;

beforeAll(async () => {
  names = await startNameServer();
  const env = { DNS_SERVERS: names.address };
  api = await startReadingApi(inject('databaseUrl'), 'api_dkim', { env });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
});

afterAll(async () => {
  await api.stop();
  await names.stop();
});

test('a key is made, its record is shown and checked, and only then it is used', async () => {
  const made = await api.call(anna, 'POST', '/dkim-keys', { domain: 'ACME.test' });
  expect(made).toMatchObject({ status: 201, body: { domain: 'acme.test', inUse: false } });
  const { id, selector, record } = made.body;
  expect(record.name).toBe(`${selector}._domainkey.acme.test`);
  expect(made.text).not.toContain('PRIVATE');

  const early = await api.call(anna, 'POST', `/dkim-keys/${id}/check`);
  expect(early.body.problem).toContain('no TXT record');
  expect(early.body.inUse).toBe(false);

  names.texts.set(record.name, record.value);
  const checked = await api.call(anna, 'POST', `/dkim-keys/${id}/check`);
  expect(checked.body).toMatchObject({ inUse: true, problem: null });
  const listed = await api.call(anna, 'GET', '/dkim-keys');
  expect(listed.body.items).toMatchObject([{ id, inUse: true, record }]);
});

test('the private half is kept sealed', async () => {
  const rows: { private_key: string }[] = await desk.in((trx) =>
    trx('dkim_key').select('private_key'),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => !row.private_key.startsWith('v1.'))).toEqual([]);
});

test('a domain without a mailbox gets none, and a deleted key is gone', async () => {
  const foreign = await api.call(anna, 'POST', '/dkim-keys', { domain: 'bank.test' });
  expect(foreign).toMatchObject({ status: 400, body: { code: 'validation' } });
  const [key] = (await api.call(anna, 'GET', '/dkim-keys')).body.items;
  expect((await api.call(anna, 'DELETE', `/dkim-keys/${key.id}`)).status).toBe(204);
  expect((await api.call(anna, 'POST', `/dkim-keys/${key.id}/check`)).status).toBe(404);
});
