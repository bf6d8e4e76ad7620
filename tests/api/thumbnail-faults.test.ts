import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

import type * as Maker from '../../mail/thumbnails/make-thumbnail.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

const fault = vi.hoisted(() => ({ isOn: false }));
vi.mock('../../mail/thumbnails/make-thumbnail.ts', async (original) => {
  const real = await original<typeof Maker>();
  const makeThumbnail: typeof real.makeThumbnail = (from, to) =>
    real.makeThumbnail(from, to, fault.isOn ? { msMax: 1 } : {});
  return { ...real, makeThumbnail };
});

/** One transparent point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD' +
    'hgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let api: ReadingApi;
let desk: Desk;
beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_thumbnail_faults');
  desk = await createDesk(api.database, 'acme');
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
  fault.isOn = true;
  const failed = await api.call(bo, 'GET', '/attachments/picture/thumbnail');
  expect([failed.status, failed.body.code]).toEqual([503, 'unavailable']);
  fault.isOn = false;
  expect((await api.call(bo, 'GET', '/attachments/picture/thumbnail')).status).toBe(200);
});
