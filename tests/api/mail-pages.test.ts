import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;
let stranger: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_mail_pages');
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  const other = await createDesk(api.database, 'globex');
  stranger = await api.tokenFor(other, other.anna);
  for (const number of [1, 2]) {
    await customerWrote(desk, number, { subject: 'Lamp', text: 'It is cracked.' });
  }
  await customerWrote(other, 1, { subject: 'Lamp', text: 'It is cracked.' });
});

afterAll(() => api.stop());

const change = (message: string, changes: object) =>
  desk.in((trx) => trx('message').where({ id: message }).update(changes));

const mayLoad = async (token: string, number: number) => {
  const { body } = await api.call(token, 'GET', `/tickets/${number}/timeline`);
  return body.items.find((item: { kind: string }) => item.kind === 'message').remoteImages;
};

const sources = (headers: { [name: string]: unknown }) =>
  /img-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];

test('the frame of a mail runs nothing and loads our files of mails only', async () => {
  const frame = await api.call(bo, 'GET', '/mail-frame');
  expect(frame.headers['content-type']).toMatch(/^text\/html/);
  const policy = String(frame.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).toMatch(/sandbox (?!.*allow-scripts)/);
  expect(policy).not.toMatch(/script-src|connect-src|'self' data|\*/);
  expect(sources(frame.headers)).toMatch(
    /^\S+\/api\/v1\/attachments\/( \S+\/attachments\/)? data:$/,
  );
  expect(frame.headers['referrer-policy']).toBe('no-referrer');
  const asked = await api.call(bo, 'GET', '/mail-frame?images=true');
  expect(sources(asked.headers)).toBe(`${sources(frame.headers)} https:`);
});

test('a mail as a page has the same policy, and remote images are encrypted', async () => {
  const html = '<p>Look</p><img data-remote-src="http://t.test/a.png" />';
  await change('acme-in-1', { html });
  const page = await api.call(bo, 'GET', '/messages/acme-in-1/html');
  expect(page.text).toContain('data-remote-src="http://t.test/a.png"');
  expect(sources(page.headers)).not.toContain('https:');
  const asked = await api.call(bo, 'GET', '/messages/acme-in-1/html?images=true');
  expect(asked.text).toContain('<img src="https://t.test/a.png"');
  expect(sources(asked.headers)).toMatch(/ data: https:$/);
});

test('"always for this sender" is remembered for all agents of one company', async () => {
  expect([await mayLoad(bo, 1), await mayLoad(bo, 2)]).toEqual([false, false]);
  const path = '/messages/acme-in-1/remote-images';
  const answer = await api.call(bo, 'PUT', path, { always: true });
  expect(answer).toMatchObject({
    status: 200,
    body: { sender: 'eleanor@brightmail.test', always: true },
  });
  expect((await api.call(anna, 'PUT', path, { always: true })).status).toBe(200);
  expect([await mayLoad(anna, 1), await mayLoad(anna, 2)]).toEqual([true, true]);
  expect(await mayLoad(stranger, 1)).toBe(false);
  await change('acme-in-2', { from_address: 'Eleanor@BrightMail.test' });
  expect(await mayLoad(bo, 2)).toBe(true);
  await change('acme-in-2', { from_address: 'tom@brightmail.test' });
  expect(await mayLoad(bo, 2)).toBe(false);
  await api.call(bo, 'PUT', path, { always: false });
  expect(await mayLoad(anna, 1)).toBe(false);
});

test('it counts for nothing when somebody else sent the mail in that name', async () => {
  await api.call(bo, 'PUT', '/messages/acme-in-1/remote-images', { always: true });
  const checked = { spf: 'fail', dkim: 'none', dmarc: 'fail', arc: 'none' };
  const facts = { domain: 'brightmail.test', policy: 'none', checkedBy: 'postkeep' };
  const authentication = { verdict: 'failed', ...checked, ...facts };
  await change('acme-in-1', { authentication });
  expect(await mayLoad(bo, 1)).toBe(false);
  await change('acme-in-1', { authentication: { ...authentication, verdict: 'verified' } });
  expect(await mayLoad(bo, 1)).toBe(true);
});
