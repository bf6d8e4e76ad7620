import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { hashPassword } from '../../api/password.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { buildUnreachedApi } from './unreached-api.ts';

let api: ReadingApi;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_foundation');
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  const password_hash = await hashPassword('correct horse');
  await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ password_hash }));
});

afterAll(() => api.stop());

const signIn = (password: string, headers: { [name: string]: string } = {}) =>
  api.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers,
    payload: { email: 'BO@acme.test', password },
  });

const cookieOf = (answer: { headers: { [name: string]: unknown } }): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';

describe('signing in', () => {
  test('sets a cookie that is good until the session ends', async () => {
    const answer = await signIn('correct horse');
    expect(answer.json()).toMatchObject({
      agent: { id: desk.bo, role: 'agent' },
      company: { id: 'acme' },
      teams: [{ name: 'Billing' }, { name: 'Support' }],
    });
    const set = String(answer.headers['set-cookie']);
    expect(set).toContain('HttpOnly');
    expect(set).toContain('SameSite=Lax');
    expect(set).not.toContain('Secure');
    const headers = { cookie: cookieOf(answer) };
    expect((await api.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200);
    const out = await api.app.inject({ method: 'DELETE', url: '/api/v1/session', headers });
    expect(out.statusCode).toBe(204);
    expect((await api.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
  });

  test('keeps no session in the clear', async () => {
    const credential = cookieOf(await signIn('correct horse')).split('=')[1];
    const rows: { hash: string }[] = await desk.in((trx) => trx('session').select('hash'));
    expect(rows.map((row) => row.hash)).not.toContain(credential);
  });

  test('with a wrong password or by another site is refused', async () => {
    const wrong = await signIn('wrong');
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'unauthenticated']);
    const forged = await signIn('correct horse', { origin: 'https://evil.test' });
    expect([forged.statusCode, forged.json().code]).toEqual([403, 'forbidden']);
  });

  test('has to wait, and says how long, after many wrong passwords', async () => {
    const payload = { email: 'nobody@acme.test', password: 'a guess' };
    const guess = () => api.app.inject({ method: 'POST', url: '/api/v1/session', payload });
    let answer = await guess();
    while (answer.statusCode === 401) answer = await guess();
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'rate_limited']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(500);
    expect((await signIn('correct horse')).statusCode).toBe(200);
  });

  test('ends with the agent', async () => {
    const headers = { cookie: cookieOf(await signIn('correct horse')) };
    await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ active: false }));
    expect((await api.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
    expect((await signIn('correct horse')).statusCode).toBe(401);
    await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ active: true }));
  });
});

describe('calls with a cookie', () => {
  const change = async (headers: { [name: string]: string }) => {
    const cookie = cookieOf(await signIn('correct horse'));
    const url = '/api/v1/tickets/1/draft';
    const all = { cookie, ...headers };
    const answer = await api.app.inject({ method: 'PUT', url, headers: all, payload: {} });
    return answer.json().code;
  };

  test('change nothing when another site makes them', async () => {
    expect(await change({ 'sec-fetch-site': 'cross-site' })).toBe('forbidden');
    expect(await change({ 'sec-fetch-site': 'same-site' })).toBe('forbidden');
    expect(await change({ origin: 'null' })).toBe('forbidden');
    expect(await change({ origin: 'http://localhost:81' })).toBe('forbidden');
    expect(await change({ 'sec-fetch-site': 'same-origin' })).toBe('not_found');
    expect(await change({ origin: 'http://localhost:80' })).toBe('not_found');
    expect(await change({ origin: 'http://127.0.0.1:3000' })).toBe('not_found');
    expect(await change({})).toBe('not_found');
  });
});

describe('requests that are not understood', () => {
  const bodyOf = async (path: string, payload: object) =>
    (await api.call(bo, 'POST', path, payload)).body;

  test('are refused with every field named, and unknown ones are not dropped', async () => {
    const body = await bodyOf('/tickets', { subject: 5, more: 1 });
    expect(body).toMatchObject({ status: 400, code: 'validation' });
    for (const name of ['more', 'subject', 'to']) expect(body.detail).toContain(name);
    const query = await api.call(bo, 'GET', '/me?x=1');
    expect(query.body.detail).toContain('"x"');
    const both = await bodyOf('/tickets/1/notes?y=1', { txt: 'a' });
    expect(both.detail).toBe(
      'body field "text" is missing; unknown body field "txt"; unknown query field "y".',
    );
    expect(query.body.requestId).toBe(query.headers['x-request-id']);
  });

  test('name fields that are sent to a call without a body, too', async () => {
    const { status, body } = await api.call(bo, 'DELETE', '/tickets/1/labels/x', { y: 1, z: 2 });
    expect(status).toBe(400);
    expect(body.detail).toBe('unknown body field "y"; unknown body field "z".');
  });

  test('write a number in decimal digits only', async () => {
    for (const number of ['0x1', '1.0', '1e0', '01', '+1', '-1', '1 ']) {
      const { status, body } = await api.call(bo, 'GET', `/tickets/${encodeURIComponent(number)}`);
      expect([number, status, body.code]).toEqual([number, 404, 'not_found']);
    }
    const { status, body } = await api.call(bo, 'GET', '/tickets?limit=1e1&x=1');
    expect(status).toBe(400);
    expect(body.detail).toBe('unknown query field "x"; query field "limit" must be integer.');
  });

  test('take no number for a text, nor null for nothing', async () => {
    expect((await bodyOf('/tickets/1/assign', { agent: 7 })).code).toBe('validation');
    expect((await bodyOf('/tickets/1/assign', { agent: null })).code).toBe('validation');
  });

  test('with characters that cannot be stored are refused by name', async () => {
    for (const text of ['a\0b', 'a\ud800b']) {
      const body = await bodyOf('/tickets/1/notes', { text });
      expect(body.code).toBe('validation');
      expect(body.detail).toContain('body text');
    }
    expect((await api.call(bo, 'GET', '/tickets?q=%00')).status).toBe(400);
  });

  test('that are no JSON, of another type, too long, or nowhere get a problem too', async () => {
    const send = async (type: string, payload: string) => {
      const headers = { authorization: `Bearer ${bo}`, 'content-type': type };
      const url = '/api/v1/tickets/1/notes';
      const answer = await api.app.inject({ method: 'POST', url, headers, payload });
      expect(answer.headers['content-type']).toBe('application/problem+json');
      return answer.json().code;
    };
    expect(await send('application/json', '{"text"')).toBe('validation');
    expect(await send('application/json', '{"__proto__": {"x": 1}}')).toBe('validation');
    expect(await send('text/plain', 'hello')).toBe('type_not_allowed');
    expect(await send('application/json', `{"text":"${'a'.repeat(2_200_000)}"}`)).toBe('too_large');
    expect((await api.call(bo, 'GET', '/nothing')).body.code).toBe('not_found');
    expect((await api.call(bo, 'GET', '/%ff')).body.code).toBe('validation');
  });

  test('by nobody, or by an agent where an admin is needed, are refused', async () => {
    const refused = async (token: string, path: string) => {
      const { status, body } = await api.call(token, 'POST', path, { name: 'x' });
      return [status, body.code];
    };
    expect(await refused('nonsense', '/teams')).toEqual([401, 'unauthenticated']);
    expect(await refused(bo, '/teams')).toEqual([403, 'forbidden']);
  });
});

describe('an outage', () => {
  test('of the database is said as one, without its words', async () => {
    const away = await buildUnreachedApi();
    const headers = { authorization: 'Bearer x' };
    const answer = await away.inject({ url: '/api/v1/me', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
    expect(answer.body).not.toMatch(/ECONN|127\.0\.0\.1|nobody/);
    expect(answer.headers['retry-after']).toBeDefined();
    const ready = await away.inject({ url: '/readyz' });
    expect([ready.statusCode, ready.json()]).toEqual([
      503,
      { status: 'unavailable', database: 'away', temporal: 'away' },
    ]);
    expect((await away.inject({ url: '/healthz' })).statusCode).toBe(200);
    await away.close();
  });

  test('of anything else is our mistake, and stays in the log', async () => {
    const broken = await buildUnreachedApi();
    broken.get('/broken', () => {
      throw new Error('secret words');
    });
    const answer = await broken.inject({ url: '/broken' });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal']);
    expect(answer.body).not.toContain('secret words');
    await broken.close();
  });
});

test('browsers are told to stay with https where it is served', async () => {
  const safe = await buildUnreachedApi({ PUBLIC_URL: 'https://desk.acme.test' });
  expect(
    (await safe.inject({ url: '/healthz' })).headers['strict-transport-security'],
  ).toBeDefined();
  await safe.close();
});

test('numbers for Prometheus name routes and no ids', async () => {
  await api.call(bo, 'GET', '/tickets/12345/next');
  const metrics = await api.app.inject({ url: '/metrics' });
  expect(metrics.body).toContain('route="/api/v1/tickets/:number/next"');
  expect(metrics.body).not.toContain('12345');
});

test('what nobody can use any more is thrown away', async () => {
  const company = 'acme';
  await desk.in(async (trx) => {
    const agent = desk.bo;
    await trx.raw(`update session set expires_at = now() - interval '1 day'`);
    const old = trx.raw(`now() - interval '40 days'`);
    const call = { company, agent, key: 'old', route: 'x', body_hash: 'x', created_at: old };
    await trx('idempotency').insert(call);
    const file = { company, agent, filename: 'f', content_type: 'x/y', bytes: 1, hash: 'h' };
    await trx('attachment').insert([
      { ...file, id: 'forgotten', created_at: old },
      { ...file, id: 'drafted', created_at: old },
      { ...file, id: 'fresh' },
    ]);
    const content = JSON.stringify({ text: '', html: null, cc: [], attachments: ['drafted'] });
    await trx('draft').insert({ company, ticket: 1, agent, content });
  });
  await tidyUp(api.database, { auditKeepDays: 365 });
  const left = await desk.in(async (trx) => ({
    sessions: await trx('session').select('hash'),
    calls: await trx('idempotency').where({ key: 'old' }),
    files: await trx('attachment').select('id').orderBy('id'),
  }));
  expect(left).toEqual({
    sessions: [],
    calls: [],
    files: [{ id: 'drafted' }, { id: 'fresh' }],
  });
});
