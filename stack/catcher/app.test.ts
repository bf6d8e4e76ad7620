import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catcherLog } from '../../runtime/logger.ts';
import { buildCatcher } from './app.ts';
import type { Customer, NewMail } from './customer.ts';
import { openMailShelf } from './mail-shelf.ts';

const RAW = [
  'From: Acme <support@acme.test>',
  'To: carla@customer.test',
  'Subject: <script>alert(1)</script>',
  'Message-ID: <1@acme.test>',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Hello</p><script>alert(2)</script>',
].join('\r\n');
const ENVELOPE = { from: 'support@acme.test', to: ['carla@customer.test'] };

let folder = '';
let app: FastifyInstance;
let sent: NewMail[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-catcher-'));
  sent = [];
  app = build();
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const desk: Customer = {
  reply: (mail, _text, text) => {
    sent.push({ from: '', to: mail.id, subject: mail.subject, text });
    return Promise.resolve({ messageId: '<r@x>', response: '250 stored' });
  },
  send: (mail) => {
    if (mail.to.startsWith('nobody')) {
      return Promise.reject(Object.assign(new Error('x'), { response: '550 no such mailbox' }));
    }
    sent.push(mail);
    return Promise.resolve({ messageId: '<s@x>', response: '250 stored' });
  },
};

function build(): FastifyInstance {
  return buildCatcher({ shelf: openMailShelf(folder), customer: desk, logger: catcherLog });
}

async function catchOne() {
  const mail = await openMailShelf(folder).add(Buffer.from(RAW), ENVELOPE);
  await app.close();
  app = build();
  return mail;
}

test('caught mails are listed newest first, and are still there after a restart', async () => {
  const first = await catchOne();
  const second = await catchOne();
  const { items, total } = (await app.inject('/api/mails?to=CARLA@customer.test')).json();
  expect(total).toBe(2);
  expect(items.map((mail: { id: string }) => mail.id)).toEqual([second.id, first.id]);
  expect((await app.inject('/api/mails?to=other@x')).json().total).toBe(0);
  expect((await app.inject(`/api/mails/${first.id}/raw`)).body).toBe(RAW);
});

test('what a mail says is shown, never run', async () => {
  const { id } = await catchOne();
  const page = await app.inject(`/mails/${id}`);
  expect(page.body).not.toContain('<script>');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const frame = await app.inject(`/mails/${id}/html`);
  expect(frame.headers['content-security-policy']).toMatch(/^sandbox allow-popups/);
  expect(frame.headers['content-security-policy']).not.toContain('allow-scripts');
});

test('a reply and a new mail go to the desk, and its refusal is passed on', async () => {
  const { id } = await catchOne();
  const reply = await app.inject({
    method: 'POST',
    url: `/api/mails/${id}/reply`,
    payload: { text: 'Thanks' },
  });
  expect([reply.statusCode, sent[0]?.text]).toEqual([201, 'Thanks']);
  const mail = { from: 'a@b.test', to: 'nobody@acme.test', subject: 's', text: 't' };
  const refused = await app.inject({ method: 'POST', url: '/api/send', payload: mail });
  expect([refused.statusCode, refused.json().error]).toEqual([502, '550 no such mailbox']);
});

test('a form answers by a redirect, and one of another site is refused', async () => {
  const form = {
    method: 'POST',
    url: '/write',
    payload: 'from=a%40b.test&to=support%40acme.test&subject=Hi&text=Hello',
  } as const;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const taken = await app.inject({ ...form, headers: type });
  expect([taken.statusCode, sent[0]?.to]).toEqual([303, 'support@acme.test']);
  const foreign = await app.inject({
    ...form,
    headers: { ...type, 'sec-fetch-site': 'cross-site' },
  });
  expect([foreign.statusCode, sent.length]).toEqual([403, 1]);
});

test('an unknown mail is not found, as JSON for scripts and as a page for people', async () => {
  expect((await app.inject('/api/mails/none')).json().error).toContain('/api/mails/none');
  expect((await app.inject('/mails/none')).headers['content-type']).toContain('text/html');
});
