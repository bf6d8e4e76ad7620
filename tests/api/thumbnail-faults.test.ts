import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';

import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

/** One transparent point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD' +
    'hgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const program = process.execPath;

let api: ReadingApi;
let desk: Desk;
beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_thumbnail_faults');
  desk = await createDesk(api.database, 'acme');
});
afterEach(() => {
  process.execPath = program;
});
afterAll(() => api.stop());

test('a small picture that could not be made is made when it is asked for again', async () => {
  const bo = await api.tokenFor(desk, desk.bo);
  const { hash, size } = await api.blobs.put(PNG);
  await desk.in((trx) =>
    trx('attachment').insert({
      company: desk.company,
      id: 'picture',
      filename: 'picture.png',
      content_type: 'image/png',
      bytes: size,
      hash,
      agent: desk.bo,
    }),
  );
  // What makes pictures small cannot begin, as when the machine has no process left for it.
  process.execPath = '/nowhere/node';
  const failed = await api.call(bo, 'GET', '/attachments/picture/thumbnail');
  expect([failed.status, failed.body.code]).toEqual([503, 'unavailable']);
  process.execPath = program;
  expect((await api.call(bo, 'GET', '/attachments/picture/thumbnail')).status).toBe(200);
});
