import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { makeLinkToken } from '../../mail/link-token.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

const SECRET = 'only for this test';
const DAY_MS = 86_400_000;
const TICKET = 4;

let api: ReadingApi;
let workflows: RecordingWorkflows;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_rating_page', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  await customerWrote(desk, TICKET, { subject: 'A <b>lamp</b>', text: 'It is broken.' });
});
afterAll(() => api.stop());

const tokenOf = (company = 'acme', number = TICKET, inMs = DAY_MS): string =>
  makeLinkToken(SECRET, 'rate', { company, number, expires: Date.now() + inMs });

const get = (token: string, query = '') =>
  api.app.inject({ method: 'GET', url: `/rate/${token}${query}` });

const post = (token: string, form: { [field: string]: string }) =>
  api.app.inject({
    method: 'POST',
    url: `/rate/${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });

async function ratingsOf(): Promise<unknown[]> {
  const { body } = await api.call(bo, 'GET', `/tickets/${TICKET}/timeline`);
  return body.items.filter(({ type }: { type?: string }) => type === 'rated');
}

test('looking at the page never votes, whatever it is asked with', async () => {
  const token = tokenOf();
  const answer = await get(token, '?score=bad');
  expect(answer.statusCode).toBe(200);
  expect(answer.payload).toContain('value="bad" required checked');
  expect(answer.payload).toContain('A &lt;b&gt;lamp&lt;/b&gt;');
  for (const query of [
    '?score=good',
    '?score=good&sent',
    '?score=good&comment=Fine&utm=mail',
    '',
  ]) {
    expect((await get(token, query)).statusCode).toBe(200);
    await api.app.inject({ method: 'HEAD', url: `/rate/${token}${query}` });
  }
  expect((await get(token, '?sent')).payload).not.toContain('Thank you');
  expect(await ratingsOf()).toEqual([]);
  expect(workflows.asked).toEqual([]);
  const rows = await desk.in((trx) => trx('ticket_rating').select());
  expect(rows).toEqual([]);
});

test('the page is kept by nobody, tells nobody of its address and runs no script', async () => {
  const { headers, payload } = await get(tokenOf());
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
  });
  expect(payload).not.toMatch(/<script|https?:\/\//);
});

test('its button votes, pressing it twice votes once, and a changed mind counts', async () => {
  const token = tokenOf();
  const evil = '<script>alert(1)</script> & "more"';
  for (let press = 0; press < 2; press += 1) {
    const answer = await post(token, { score: 'bad', comment: `  ${evil} ` });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`/rate/${token}?sent`);
  }
  const thanks = await get(token, '?sent');
  expect(thanks.payload).toContain('Thank you');
  expect(thanks.payload).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(thanks.payload).not.toContain('<script');
  expect(await ratingsOf()).toMatchObject([{ data: { score: 'bad', comment: evil } }]);
  await post(token, { score: 'good', comment: '' });
  await post(token, { score: 'bad', comment: evil });
  await post(token, { score: 'good' });
  expect(await ratingsOf()).toHaveLength(4);
  const { body } = await api.call(bo, 'GET', `/tickets/${TICKET}`);
  expect(body.rating).toMatchObject({ score: 'good', comment: '' });
});

test('a vote without a choice asks for one', async () => {
  const known = (await ratingsOf()).length;
  const forms: { [field: string]: string }[] = [{}, { score: 'great' }, { comment: 'Fine' }];
  for (const form of forms) {
    const answer = await post(tokenOf(), form);
    expect(answer.statusCode).toBe(400);
    expect(answer.payload).toContain('Choose one of the three first.');
  }
  expect(await ratingsOf()).toHaveLength(known);
});

test('links that nobody made are no pages, and old ones say so, in words', async () => {
  const known = (await ratingsOf()).length;
  const expires = Date.now() + DAY_MS;
  const forged = {
    'of another secret': makeLinkToken('x', 'rate', { company: 'acme', number: TICKET, expires }),
    'for another thing': makeLinkToken(SECRET, 'ticket', {
      company: 'acme',
      number: TICKET,
      expires,
    }),
    'of another ticket': tokenOf().replace(/^4-/, '5-'),
    'of another company': tokenOf().replace(/acme$/, 'globex'),
    'of no ticket': tokenOf('acme', 999),
    'of no company': tokenOf('nobody'),
    nonsense: 'x',
  };
  for (const [what, token] of Object.entries(forged)) {
    const seen = await get(token, '?score=good');
    expect([what, seen.statusCode]).toEqual([what, 404]);
    expect(seen.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(seen.payload).toContain('There is no such page');
    expect([what, (await post(token, { score: 'good' })).statusCode]).toEqual([what, 404]);
  }
  const old = tokenOf('acme', TICKET, -DAY_MS);
  const seen = await api.app.inject({
    url: `/rate/${old}`,
    headers: { 'accept-language': 'sv-SE,sv;q=0.9' },
  });
  expect([seen.statusCode, seen.payload.includes('Länken är för gammal')]).toEqual([410, true]);
  expect((await post(old, { score: 'good' })).statusCode).toBe(410);
  expect(await ratingsOf()).toHaveLength(known);
});

test('a vote that cannot be recorded now says so, and is when it is sent again', async () => {
  const known = (await ratingsOf()).length;
  workflows.away = true;
  const later = await post(tokenOf(), { score: 'okay', comment: 'Later' });
  workflows.away = false;
  expect(later.statusCode).toBe(503);
  expect(later.payload).toContain('did not work just now');
  expect((await post(tokenOf(), { score: 'okay', comment: 'Later' })).statusCode).toBe(303);
  expect(await ratingsOf()).toHaveLength(known + 1);
});

test('the page speaks the language of the company, and stops a machine that votes', async () => {
  await desk.in((trx) => trx('company').where({ id: 'acme' }).update({ language: 'sv' }));
  expect((await get(tokenOf())).payload).toContain('Hur var vår hjälp?');
  const statuses = new Set<number>();
  for (let turn = 0; turn < 25; turn += 1) {
    statuses.add((await post(tokenOf(), { score: 'good', comment: String(turn) })).statusCode);
  }
  expect(statuses).toContain(429);
});
