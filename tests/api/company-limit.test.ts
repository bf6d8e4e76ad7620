import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { createDesk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
beforeAll(async () => {
  const env = { COMPANY_BYTES_MAX: '1KiB' };
  api = await startReadingApi(inject('databaseUrl'), 'api_company_limit', { env });
});
afterAll(() => api.stop());

async function upload(token: string, content: string) {
  const form = new FormData();
  form.append('file', new Blob([content]), 'words.txt');
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const answer = await api.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  return { status: answer.statusCode, body: answer.json() };
}

test('an upload beyond what the company may keep is refused with the numbers', async () => {
  const desk = await createDesk(api.database, 'acme');
  const bo = await api.tokenFor(desk, desk.bo);
  // The same content is kept once, and counts once.
  for (let time = 0; time < 3; time += 1) {
    expect((await upload(bo, 'a'.repeat(600))).status).toBe(201);
  }
  const beyond = await upload(bo, 'b'.repeat(600));
  expect(beyond).toMatchObject({
    status: 413,
    body: { code: 'too_large', given: 600, kept: 600, max: 1_024 },
  });
  const other = await createDesk(api.database, 'globex');
  const theirs = await upload(await api.tokenFor(other, other.bo), 'b'.repeat(600));
  expect(theirs.status).toBe(201);
});
