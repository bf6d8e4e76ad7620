import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { defaultDeskTexts } from '../../domain/desk-texts.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let globex: Desk;
let anna: string;
let bo: string;
let stranger: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_company_texts');
  desk = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  stranger = await api.tokenFor(globex, globex.anna);
});

afterAll(() => api.stop());

const MIB = 1_048_576;

const upload = (token: string, bytes: number) =>
  api.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
    payload:
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' +
      `${'x'.repeat(bytes)}\r\n--b--\r\n`,
  });

describe('the settings of a company', () => {
  test('are the server’s until an admin says something else', async () => {
    const { body } = await api.call(bo, 'GET', '/company/settings');
    expect(body).toEqual({
      ...{ language: 'en', undoSeconds: 5, reopenDays: null },
      ...{ attachmentBytesMax: null, mailBytesMax: null, accentColor: null },
      server: { reopenDays: 14, attachmentBytesMax: 10 * MIB, mailBytesMax: 25 * MIB },
    });
    expect((await api.call(bo, 'PATCH', '/company/settings', { reopenDays: 3 })).status).toBe(403);
    const wishes = { reopenDays: 30, language: 'sv', accentColor: '#1f4fa3' };
    const changed = await api.call(anna, 'PATCH', '/company/settings', wishes);
    expect(changed.body).toMatchObject({ ...wishes, undoSeconds: 5 });
    const rows = await desk.in((trx) => trx('company').select('reopen_window_ms'));
    expect(rows).toEqual([{ reopen_window_ms: 30 * 86_400_000 }]);
    expect((await api.call(stranger, 'GET', '/company/settings')).body.reopenDays).toBeNull();
  });

  test('never allow more than the server does, and say so', async () => {
    const more = { attachmentBytesMax: 11 * MIB };
    const refused = await api.call(anna, 'PATCH', '/company/settings', more);
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toMatch(/"attachmentBytesMax": 11534336 bytes are more than the/);
    for (const accentColor of ['red', '#12345', '#1f4fa3;}', 'url(//x)', '']) {
      const wrong = await api.call(anna, 'PATCH', '/company/settings', { accentColor });
      expect([accentColor, wrong.status]).toEqual([accentColor, 400]);
    }
    expect((await api.call(anna, 'PATCH', '/company/settings', { reopenDays: 0 })).status).toBe(
      400,
    );
  });

  test('hold for what agents upload, and are told to the console', async () => {
    await api.call(anna, 'PATCH', '/company/settings', { attachmentBytesMax: 200_000 });
    const answer = await upload(bo, 200_001);
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'too_large', max: 200_000 });
    expect((await upload(bo, 199_000)).statusCode).toBe(201);
    expect((await upload(stranger, 200_001)).statusCode).toBe(201);
    const { company } = (await api.call(bo, 'GET', '/me')).body;
    expect(company.limits).toEqual({ attachmentBytesMax: 200_000, mailBytesMax: 25 * MIB });
  });
});

describe('the texts of automatic mails', () => {
  const path = '/desk-texts/acknowledgement/en';
  const text = 'Dear {{customer.firstName}},\n\n{{company.name}} has {{ticket.number}}.';

  test('are the desk’s until a company has its own, and again after', async () => {
    const listed = async () => (await api.call(bo, 'GET', '/desk-texts')).body.items;
    const ours = (items: { kind: string; language: string }[]) =>
      items.find(({ kind, language }) => kind === 'acknowledgement' && language === 'en');
    const desks = { text: defaultDeskTexts.acknowledgement.en, isOwn: false };
    expect(await listed()).toHaveLength(6);
    expect(ours(await listed())).toMatchObject(desks);
    expect((await api.call(bo, 'PUT', path, { text })).status).toBe(403);
    expect((await api.call(anna, 'PUT', path, { text })).body).toMatchObject({ text, isOwn: true });
    expect(ours(await listed())).toMatchObject({ text, isOwn: true });
    const theirs = (await api.call(stranger, 'GET', '/desk-texts')).body.items;
    expect(ours(theirs)).toMatchObject(desks);
    expect((await api.call(anna, 'DELETE', path)).body).toMatchObject(desks);
    expect(ours(await listed())).toMatchObject(desks);
  });

  test('are looked at as the mail that they become, and are not saved by that', async () => {
    const { body } = await api.call(bo, 'POST', `${path}/preview`, { text });
    expect(body.subject).toBe('Re: [#1042] The lamp came with a broken shade');
    expect(body.text).toMatch(/^Dear Eleanor,\n\nacme has 1042\.\n\nYour message is kept under/);
    expect(body.html).toContain('>acme has 1042.</p>');
    const inSwedish = { text: defaultDeskTexts.summary.sv };
    const summary = await api.call(bo, 'POST', '/desk-texts/summary/sv/preview', inSwedish);
    expect(summary.body.text).toMatch(/^Hej Eleonora Håkansson!\n\nDitt ärende 1042 är löst\./);
    expect(summary.body.text).toContain('Skärmen till min lampa är trasig');
  });

  test('name what is known in them, and are refused with the names when they do not', async () => {
    const wrong = await api.call(anna, 'PUT', path, { text: 'Hi {{agent.name}}' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.detail).toMatch(
      /\{\{agent.name\}\} is not known in this mail; there are \{\{/,
    );
    expect((await api.call(anna, 'PUT', path, { text: ' ' })).status).toBe(400);
    expect((await api.call(anna, 'PUT', '/desk-texts/reminder/en', { text })).status).toBe(404);
  });
});

describe('the first steps', () => {
  const steps = async () => (await api.call(stranger, 'GET', '/first-steps')).body;

  test('tick themselves off from what is there', async () => {
    const { company, mailbox } = globex;
    expect(await steps()).toMatchObject({
      steps: { mailbox: false, invited: true, testMail: false, form: false },
      over: false,
      address: 'support@globex.test',
    });
    await customerWrote(globex, 7, { subject: 'Lamp', text: 'Hello' });
    expect((await steps()).steps).toMatchObject({ mailbox: true, testMail: false });
    await globex.in((trx) => trx('mail').update({ agent: globex.anna }));
    expect((await steps()).steps).toMatchObject({ testMail: true, form: false });
    const form = 'email=eleanor%40b.test&subject=Lamp&text=It+is+%3Cbroken%3E&name=';
    const sent = await api.app.inject({
      method: 'POST',
      url: '/api/v1/contact/support%40globex.test',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: form,
    });
    expect(sent.statusCode).toBe(201);
    expect(sent.headers['content-type']).toContain('text/html');
    expect(sent.payload).toContain('It is kept under number 1.');
    const stored = await globex.in((trx) => trx('mail').where({ company, mailbox, via: 'form' }));
    expect(stored).toMatchObject([{ subject: 'Lamp', from_address: 'eleanor@b.test' }]);
    expect(await steps()).toMatchObject({ steps: { form: true }, over: true });
    expect((await api.call(stranger, 'GET', '/me')).body.company.firstSteps).toBe(false);
  });

  test('are put away by an admin, and taken out again', async () => {
    expect((await api.call(bo, 'PUT', '/first-steps', { over: true })).status).toBe(403);
    await api.call(anna, 'PUT', '/first-steps', { over: true });
    expect((await api.call(bo, 'GET', '/me')).body.company.firstSteps).toBe(false);
    await api.call(anna, 'PUT', '/first-steps', { over: false });
    expect((await api.call(bo, 'GET', '/first-steps')).body.over).toBe(false);
  });
});
