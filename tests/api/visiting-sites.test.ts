import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Method, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let acme: Desk;
let anna: string;

const SHOP = 'https://shop.example';
const FORM = { email: 'eva@visitor.test', subject: 'Linen', text: 'Hello' };

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_visiting_sites', {
    workflows: recordingWorkflows,
  });
  acme = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(acme, acme.anna);
});

afterAll(() => api.stop());

const list = (origins: string[]) =>
  api.call(anna, 'PATCH', `/mailboxes/${acme.mailbox}`, { origins });

beforeEach(async () => void (await list([SHOP])));

let visitor = 0;

interface Visit {
  origin?: string;
  payload?: object | string;
  headers?: { [name: string]: string };
  /** Else each visits from an address of its own. */
  from?: string;
}

async function visit(method: Method | 'OPTIONS', path: string, given: Visit = {}) {
  const { origin, payload, headers, from } = given;
  visitor += 1;
  return api.app.inject({
    method,
    url: `/api/v1${path}`,
    remoteAddress: from ?? `10.3.0.${visitor}`,
    headers: { ...headers, ...(origin === undefined ? {} : { origin }) },
    ...(payload === undefined ? {} : { payload }),
  });
}

const BOX = '/public/support@acme.test';
const ALLOWED = 'access-control-allow-origin';

test('a listed site may ask, in every way that the module does', async () => {
  const asked = await visit('POST', `${BOX}/ask`, { origin: SHOP, payload: { question: 'ring' } });
  expect([asked.statusCode, asked.headers[ALLOWED], asked.headers.vary]).toEqual([
    ...[200, SHOP, 'origin'],
  ]);
  const { conversation } = asked.json();
  for (const path of [`${BOX}/ask`, `/public/conversations/${conversation}/solved`]) {
    const wanted = { 'access-control-request-method': 'POST' };
    const before = await visit('OPTIONS', path, { origin: SHOP, headers: wanted });
    expect([path, before.statusCode, before.headers[ALLOWED]]).toEqual([path, 204, SHOP]);
    expect(before.headers['access-control-allow-headers']).toContain('x-postkeep-proof');
  }
  for (const path of ['module', 'challenge', 'answers?q=ring']) {
    const { headers, statusCode } = await visit('GET', `${BOX}/${path}`, { origin: SHOP });
    expect([path, statusCode, headers[ALLOWED]]).toEqual([path, 200, SHOP]);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  }
});

test('a site that is not listed is let nothing, and told so', async () => {
  for (const origin of [
    'https://evil.example',
    `${SHOP}.evil.example`,
    'null',
    'http://shop.example',
  ]) {
    const asked = await visit('POST', `${BOX}/ask`, { origin, payload: { question: 'ring' } });
    expect([asked.statusCode, asked.json().code]).toEqual([403, 'forbidden']);
    expect((await visit('OPTIONS', `${BOX}/ask`, { origin })).headers[ALLOWED]).toBeUndefined();
    expect((await visit('GET', `${BOX}/module`, { origin })).headers[ALLOWED]).toBeUndefined();
  }
  await list([]);
  const gone = await visit('GET', `${BOX}/module`, { origin: SHOP });
  expect(gone.headers[ALLOWED]).toBeUndefined();
});

test('our own pages, programs and plain forms of any site need no list', async () => {
  await list([]);
  const question = { question: 'ring' };
  const own = { origin: 'http://localhost:80', headers: { host: 'localhost:80' } };
  expect((await visit('POST', `${BOX}/ask`, { ...own, payload: question })).statusCode).toBe(200);
  expect((await visit('POST', `${BOX}/ask`, { payload: question })).statusCode).toBe(200);
  const form = await visit('POST', '/contact/support@acme.test', {
    origin: 'https://old-shop.example',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(FORM).toString(),
  });
  expect(form.statusCode).toBe(201);
});

test('sites are kept as browsers name them, and what is none is refused', async () => {
  const { body } = await list(['https://Shop.Example/path?x', 'http://localhost:8080']);
  expect(body.origins).toEqual(['https://shop.example', 'http://localhost:8080']);
  for (const site of ['shop.example', 'javascript:alert(1)', 'https://a:b@shop.example', '*']) {
    expect([site, (await list([site])).status]).toEqual([site, 400]);
  }
});

test('the module learns what it has to say before somebody writes', async () => {
  await acme.in((trx) =>
    trx('mailbox').where({ id: acme.mailbox }).update({ assistant: 'answer' }),
  );
  expect((await visit('GET', `${BOX}/module`)).json()).toEqual({
    company: 'acme',
    name: 'Acme Support',
    address: 'support@acme.test',
    language: 'en',
    assistant: true,
    limits: { fileBytesMax: 10_485_760, bytesMax: 26_214_400, filesMax: 10 },
  });
});

/** What the module's browser does. */
async function prove(): Promise<string> {
  const { challenge, difficulty } = (await visit('GET', `${BOX}/challenge`)).json();
  for (let number = 0; ; number += 1) {
    const proof = `${challenge}.${number}`;
    const hash = createHash('sha256').update(proof).digest();
    if (hash.readUInt32BE(0) >>> (32 - difficulty) === 0) return proof;
  }
}

async function send(proof: string | null, more: object = {}, given: Visit = {}) {
  const headers: Visit['headers'] = proof === null ? {} : { 'x-postkeep-proof': proof };
  return visit('POST', '/contact/support@acme.test', {
    ...given,
    payload: { ...FORM, subject: `Linen ${visitor}`, ...more },
    headers: { ...given.headers, ...headers },
  });
}

test('a proof of work is taken once, and programs need none', async () => {
  const proof = await prove();
  expect((await send(proof)).statusCode).toBe(201);
  const again = await send(proof);
  expect([again.statusCode, again.json().detail]).toEqual([400, expect.stringContaining('before')]);
  const [challenge, number] = [proof.slice(0, proof.lastIndexOf('.')), proof.split('.').at(-1)];
  for (const wrong of ['', 'x', `${challenge}.${Number(number) + 1}`, `a${proof}`]) {
    expect([wrong, (await send(wrong)).statusCode]).toEqual([wrong, 400]);
  }
  expect((await send(null)).statusCode).toBe(201);
  expect((await send(null, { website: 'https://spam.example' })).statusCode).toBe(400);
});

test('a script of another site owes one, which is used up with the form it sent', async () => {
  const without = await send(null, {}, { origin: SHOP });
  expect([without.statusCode, without.json().detail]).toEqual([
    400,
    expect.stringContaining('x-postkeep-proof is missing'),
  ]);
  const proof = await prove();
  const program = Buffer.from('MZ\x90\0').toString('base64');
  const given = { origin: SHOP, headers: { 'idempotency-key': 'form-1' }, from: '10.3.1.1' };
  const attachments = [{ filename: 'a.exe', content: program }];
  const refused = await send(proof, { attachments }, { ...given, headers: {} });
  expect(refused.statusCode).toBe(415);
  const taken = await send(proof, { subject: 'Kept' }, given);
  expect([taken.statusCode, taken.headers[ALLOWED]]).toEqual([201, SHOP]);
  // As if it had failed after that: who sends it again has no other proof.
  await acme.in((trx) => trx('idempotency').update({ status: null, answer: null }));
  const again = await send(proof, { subject: 'Kept' }, given);
  expect([again.statusCode, again.json()]).toEqual([201, taken.json()]);
});

test('no address sends more than 20 forms in ten minutes, proven or not', async () => {
  const headers = { 'x-postkeep-proof': 'x' };
  const statuses: number[] = [];
  for (let form = 1; form <= 21; form += 1) {
    const given = { from: '10.3.1.2', ...(form % 2 === 0 ? { headers } : {}) };
    statuses.push((await send(null, { email: 'none' }, given)).statusCode);
  }
  expect(statuses.indexOf(429)).toBe(20);
});

test('whoever comes from a site that is not listed is counted before it is looked up', async () => {
  for (const method of ['OPTIONS', 'GET', 'POST'] as const) {
    const from = `10.3.2.${method.length}`;
    const given = { origin: 'https://evil.example', from };
    const path = method === 'GET' ? `${BOX}/module` : `${BOX}/ask`;
    const all = await Promise.all(Array.from({ length: 100 }, () => visit(method, path, given)));
    const late = all.find(({ statusCode }) => statusCode === 429);
    expect([method, late?.json().code]).toEqual([method, 'rate_limited']);
    expect(late?.headers['retry-after']).toMatch(/^\d+$/);
  }
});

test('a proof ends with its challenge', async () => {
  const proof = await prove();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 60_000 });
  try {
    expect((await send(proof)).statusCode).toBe(400);
  } finally {
    vi.useRealTimers();
  }
  await acme.in((trx) => trx('used_challenge').update({ expires_at: '2020-01-01' }));
  await tidyUp(api.database, { auditKeepDays: 365 });
  expect(await acme.in((trx) => trx('used_challenge'))).toEqual([]);
});
