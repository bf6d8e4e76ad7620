import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let bo: string;
let anna: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_canned_csv');
  desk = await createDesk(api.database, 'acme');
  [bo, anna] = await Promise.all([api.tokenFor(desk, desk.bo), api.tokenFor(desk, desk.anna)]);
});
afterAll(() => api.stop());

const importCsv = async (csv: string) =>
  (await api.call(bo, 'POST', '/canned-responses/import', { csv })).body;
const titlesIn = async (token: string, query: string): Promise<string[]> => {
  const { items } = (await api.call(token, 'GET', `/canned-responses?${query}`)).body;
  return items.map(({ title }: { title: string }) => title);
};

test('a file without labels and what follows leaves those of known responses alone', async () => {
  const afterSend = { solve: { summary: true } };
  const made = await api.call(bo, 'POST', '/canned-responses', {
    ...{ title: 'Refund', body: 'Soon.', folder: 'Orders', labels: ['a, b', 'c; d'], afterSend },
  });
  const path = `/canned-responses/${made.body.id}`;
  expect(await importCsv('folder,title,text\nOrders,Refund,Today.\n')).toMatchObject({
    changed: 1,
  });
  const kept = { body: 'Today.', labels: ['a, b', 'c; d'], afterSend };
  expect((await api.call(bo, 'GET', path)).body).toMatchObject(kept);
  await importCsv('folder,title,text,labels,after_send\nOrders,Refund,Today.,,\n');
  expect((await api.call(bo, 'GET', path)).body).toMatchObject({ labels: [], afterSend: null });
});

test('personal ones stand in folders of their own, which nobody else sees', async () => {
  await importCsv('folder,title,text,for\nOrders,My refund,Soon.,me\nMine/Notes,Hi,Hi.,me\n');
  expect(await titlesIn(bo, 'folder=Orders')).toEqual(['My refund', 'Refund']);
  expect(await titlesIn(bo, 'folder=Orders&personal=true')).toEqual(['My refund']);
  expect(await titlesIn(bo, 'folder=Mine%2FNotes')).toEqual(['Hi']);
  expect(await titlesIn(anna, 'folder=Orders')).toEqual(['Refund']);
  expect(await titlesIn(anna, 'folder=Mine%2FNotes')).toEqual([]);
});

test('all go out, however many there are', async () => {
  await desk.in((trx) =>
    trx.raw(
      `insert into canned_response (company, id, title, body)
       select ?, 'many-' || n, 'Many ' || n, 'x' from generate_series(1, 2100) n`,
      [desk.company],
    ),
  );
  const out = await api.app.inject({
    url: '/api/v1/canned-responses/export',
    headers: { authorization: `Bearer ${anna}` },
  });
  expect(out.body.match(/^,Many \d+,/gm)).toHaveLength(2100);
});
