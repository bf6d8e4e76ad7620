import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { hashPassword } from '../../api/password.ts';
import { readAgentFacts } from '../../database/queries/facts.ts';
import { reminderKinds } from '../../domain/ticket/events.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let globex: Desk;
let anna: string;
let bo: string;
let stranger: string;

const PASSWORD = 'correct horse battery';

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_profile');
  desk = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  stranger = await api.tokenFor(globex, globex.anna);
  const password_hash = await hashPassword(PASSWORD);
  await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ password_hash }));
});

afterAll(() => api.stop());

describe('the own profile', () => {
  test('begins with what the browser asks for, and mail of every reminder', async () => {
    const { body } = await api.call(bo, 'GET', '/me');
    const all = [...reminderKinds];
    expect(body.agent).toMatchObject({
      ...{ language: null, timeZone: null, photo: null, signature: '', signatureHtml: null },
      notifications: { mail: all, browser: all },
    });
  });

  test('keeps each field by itself', async () => {
    const wishes = {
      ...{ name: ' Bo Lind ', language: 'sv', timeZone: 'America/New_York', undoSeconds: 20 },
      notifications: { mail: ['callback'] },
    };
    const changed = await api.call(bo, 'PATCH', '/me', wishes);
    expect(changed.body.agent).toMatchObject({
      ...{ name: 'Bo Lind', language: 'sv', timeZone: 'America/New_York', undoSeconds: 20 },
      notifications: { mail: ['callback'], browser: [...reminderKinds] },
    });
    // What decides about reminder mails reads the same.
    const facts = await desk.in((trx) => readAgentFacts(trx, [desk.bo, desk.anna]));
    expect(facts[desk.bo]?.noMailFor).toEqual(reminderKinds.filter((kind) => kind !== 'callback'));
    expect(facts[desk.anna]?.noMailFor).toEqual([]);
    await api.call(bo, 'PATCH', '/me', { signature: 'Bo\nAcme', language: null });
    const { agent } = (await api.call(bo, 'GET', '/me')).body;
    expect(agent).toMatchObject({ signature: 'Bo\nAcme', language: null, name: 'Bo Lind' });
    expect((await api.call(anna, 'GET', '/me')).body.agent.signature).toBe('');
  });

  test('says what is wrong with a zone, and lets no program into a signature', async () => {
    const zone = await api.call(bo, 'PATCH', '/me', { timeZone: 'Europe/Stokholm' });
    expect(zone.status).toBe(400);
    expect(zone.body.detail).toMatch(/"timeZone": "Europe\/Stokholm" is no time zone; give one/);
    const signatureHtml = '<b>Bo</b><script>alert(1)</script><img src=x onerror=alert(1)>';
    const { body } = await api.call(bo, 'PATCH', '/me', { signatureHtml });
    expect(body.agent.signatureHtml).toContain('<b>Bo</b>');
    expect(body.agent.signatureHtml).not.toMatch(/script|onerror/);
    expect((await api.call(bo, 'PATCH', '/me', { language: 'de' })).status).toBe(400);
    expect((await api.call(bo, 'PATCH', '/me', { role: 'admin' })).status).toBe(400);
  });

  test('has the undo time of the company until the agent chooses one', async () => {
    await api.call(bo, 'PATCH', '/me', { undoSeconds: null });
    await api.call(anna, 'PATCH', '/company/settings', { undoSeconds: 12 });
    const { agent } = (await api.call(bo, 'GET', '/me')).body;
    expect(agent).toMatchObject({ undoSeconds: 12, ownUndoSeconds: null });
  });
});

const photoForm = (token: string, content: Buffer) => {
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="me.png"\r\n\r\n';
  return api.app.inject({
    method: 'PUT',
    url: '/api/v1/me/photo',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]),
  });
};

const picture = (background: string) =>
  sharp({ create: { width: 300, height: 100, channels: 3, background } })
    .png()
    .toBuffer();

describe('a picture', () => {
  test('is made a small square, and colleagues see it at an address of its own', async () => {
    const first = (await photoForm(bo, await picture('teal'))).json().agent.photo;
    const second = (await photoForm(bo, await picture('red'))).json().agent.photo;
    expect(second).not.toBe(first);
    const agents = (await api.call(anna, 'GET', '/agents')).body.items;
    expect(agents.find(({ id }: { id: string }) => id === desk.bo).photo).toBe(second);
    const headers = { authorization: `Bearer ${anna}` };
    const shown = await api.app.inject({ url: second, headers });
    expect(shown.headers['content-type']).toBe('image/webp');
    expect(shown.headers['cache-control']).toContain('immutable');
    expect(await sharp(shown.rawPayload).metadata()).toMatchObject({ width: 160, height: 160 });
  });

  test('is not there for another company, nor where there is none', async () => {
    await photoForm(bo, await picture('teal'));
    expect((await api.call(stranger, 'GET', `/agents/${desk.bo}/photo`)).status).toBe(404);
    expect((await api.call(bo, 'GET', `/agents/${desk.anna}/photo`)).status).toBe(404);
    expect((await api.call(bo, 'DELETE', '/me/photo')).status).toBe(204);
    expect((await api.call(anna, 'GET', `/agents/${desk.bo}/photo`)).status).toBe(404);
  });

  test('that is none is refused in words', async () => {
    const answer = await photoForm(bo, Buffer.from('no picture at all'));
    expect(answer.statusCode).toBe(415);
    expect(answer.json().detail).toMatch(/no picture; give a PNG/);
    const broken = await photoForm(bo, (await picture('teal')).subarray(0, 60));
    expect(broken.statusCode).toBe(415);
  });
});

describe('the own password', () => {
  test('is changed by whoever knows the one of now', async () => {
    const another = 'nine screws and no lamp';
    const wrong = await api.call(bo, 'PUT', '/me/password', { current: 'x', password: another });
    expect(wrong.status).toBe(400);
    expect(wrong.body.detail).toContain('"current": this is not your password');
    const own = { current: PASSWORD, password: another };
    expect((await api.call(bo, 'PUT', '/me/password', own)).status).toBe(204);
    const sign = { email: 'bo@acme.test', password: another };
    expect((await api.call('', 'POST', '/session', sign)).status).toBe(200);
  });

  test('is not changed in the list of agents, which asks for nothing', async () => {
    const body = { password: 'a new one for me' };
    expect((await api.call(anna, 'PATCH', `/agents/${desk.anna}`, body)).status).toBe(403);
    expect((await api.call(anna, 'PATCH', `/agents/${desk.bo}`, body)).status).toBe(200);
  });
});

test('an agent sees where they are signed in, and signs out everywhere else', async () => {
  const password = 'signed in twice';
  const password_hash = await hashPassword(password);
  await desk.in((trx) => trx('agent').where({ id: desk.anna }).update({ password_hash }));
  const signIn = async (browser: string) => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'user-agent': browser },
      payload: { email: 'anna@acme.test', password },
    });
    return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' };
  };
  const [here, there] = [await signIn('Firefox'), await signIn('Safari')];
  const url = '/api/v1/me/sessions';
  const { items } = (await api.app.inject({ url, headers: here })).json();
  expect(items).toMatchObject([
    { browser: 'Safari', current: false },
    { browser: 'Firefox', current: true },
  ]);
  await api.app.inject({ method: 'DELETE', url, headers: here });
  const me = (headers: { cookie: string }) => api.app.inject({ url: '/api/v1/me', headers });
  expect((await me(here)).statusCode).toBe(200);
  expect((await me(there)).statusCode).toBe(401);
});
