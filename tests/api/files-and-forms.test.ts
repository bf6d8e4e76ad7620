import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Database } from '../../database/client.ts';

import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let desk: Desk;
let temporal: RecordingWorkflows;
let anna: string;
let bo: string;
let stranger: string;

beforeAll(async () => {
  const workflows = (database: Database) => (temporal = recordingWorkflows(database));
  api = await startReadingApi(inject('databaseUrl'), 'api_files', { workflows });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  const other = await createDesk(api.database, 'globex');
  stranger = await api.tokenFor(other, other.anna);
  // Far from the numbers that the forms get.
  await customerWrote(desk, 500, { subject: 'Lumen 40', text: 'It is cracked.' });
});

afterAll(() => api.stop());

/** One transparent point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD' +
    'hgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const upload = async (token: string, filename: string, content: Buffer | string) => {
  const form = new FormData();
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  form.append('file', new Blob([part]), filename);
  const encoded = new Response(form);
  const answer = await api.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  return { status: answer.statusCode, body: answer.json() };
};

const contact = (body: object, mailbox = 'support@acme.test', from = '203.0.113.5') =>
  api.app.inject({
    method: 'POST',
    url: `/api/v1/contact/${mailbox}`,
    remoteAddress: from,
    payload: body,
  });

describe('files', () => {
  test('are told by their content, and served as downloads that run nothing', async () => {
    const sent = await upload(bo, '../kåk "1".exe', PNG);
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ contentType: 'image/png', size: PNG.length });
    expect(sent.body.filename).not.toContain('/');
    const got = await api.app.inject({
      url: `/api/v1/attachments/${sent.body.id}`,
      headers: { authorization: `Bearer ${bo}` },
    });
    expect(got.rawPayload.equals(PNG)).toBe(true);
    expect(got.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(got.headers['content-disposition']).toMatch(/^attachment; /);
    expect((await api.call(stranger, 'GET', `/attachments/${sent.body.id}`)).status).toBe(404);
  });

  test('of HTML are not shown by a browser', async () => {
    const { body } = await upload(bo, 'page.html', '<script>alert(1)</script>');
    const got = await api.call(bo, 'GET', `/attachments/${body.id}`);
    expect(got.headers['content-type']).toBe('application/octet-stream');
  });

  test('that are programs, too large, or no form at all are refused', async () => {
    const program = await upload(bo, 'holiday.jpg', Buffer.from('MZ\x90\0'));
    expect([program.status, program.body.code]).toEqual([415, 'type_not_allowed']);
    const large = await upload(bo, 'a.bin', Buffer.alloc(10 * 1_048_576 + 1, 'a'));
    expect([large.status, large.body.code]).toEqual([413, 'too_large']);
    const json = await api.call(bo, 'POST', '/uploads', {});
    expect([json.status, json.body.code]).toEqual([415, 'type_not_allowed']);
  });

  test('go with an answer, again after an undo, and only by who uploaded them', async () => {
    const { body } = await upload(bo, 'drawing.png', PNG);
    const answer = { text: 'See the drawing.', attachments: [body.id] };
    const sent = await api.call(bo, 'POST', '/tickets/500/reply', answer);
    expect(sent.status).toBe(202);
    await api.call(bo, 'DELETE', `/messages/${sent.body.message.id}`);
    const again = await api.call(bo, 'POST', '/tickets/500/reply', { attachments: [body.id] });
    expect(again.status).toBe(202);
    const timeline = await api.call(bo, 'GET', '/tickets/500/timeline');
    const last = timeline.body.items.find(
      (entry: { message?: string }) => entry.message === again.body.message.id,
    );
    expect(last.attachments).toMatchObject([{ filename: 'drawing.png', size: PNG.length }]);
    const theirs = await api.call(anna, 'POST', '/tickets/500/reply', answer);
    expect([theirs.status, theirs.body.code]).toEqual([404, 'not_found']);
  });
});

describe('small pictures', () => {
  test('are made once, served safely, and only of pictures', async () => {
    const { body } = await upload(bo, 'point.png', PNG);
    const path = `/attachments/${body.id}/thumbnail`;
    const asked = [await api.call(bo, 'GET', path), await api.call(bo, 'GET', path)];
    for (const { status, headers } of asked) {
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
    }
    const kept = await desk.in((trx) => trx('thumbnail').where({ problem: null }));
    expect(kept).toHaveLength(1);
    expect((await api.call(stranger, 'GET', path)).status).toBe(404);

    const text = await upload(bo, 'words.png', 'no picture');
    const none = await api.call(bo, 'GET', `/attachments/${text.body.id}/thumbnail`);
    expect([none.status, none.body.code]).toEqual([415, 'type_not_allowed']);
    const broken = await upload(bo, 'broken.png', PNG.subarray(0, 40));
    for (let time = 0; time < 2; time += 1) {
      const answer = await api.call(bo, 'GET', `/attachments/${broken.body.id}/thumbnail`);
      expect([answer.status, answer.body.code]).toEqual([415, 'type_not_allowed']);
    }
  });
});

describe('names of files', () => {
  test('lose folders, control and direction-override characters', async () => {
    const { body } = await upload(bo, '..\\..\\a/inv\u202egpj.exe\u0007\u200f.png', PNG);
    expect(body.filename).not.toMatch(/[\\/\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
    const got = await api.call(bo, 'GET', `/attachments/${body.id}`);
    const written = String(got.headers['content-disposition']);
    expect(decodeURIComponent(written)).not.toMatch(/[\\\p{Cc}\u200f\u202e]/u);
    expect(written).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/);
  });
});

describe('the contact form', () => {
  test('makes a new ticket with the sender\u2019s address and IP', async () => {
    const sent = await contact({
      name: 'Ida',
      email: 'ida@brightmail.test',
      subject: 'Where is my lamp?',
      text: 'It was due on Monday.',
      attachments: [{ filename: 'order.png', content: PNG.toString('base64') }],
    });
    expect(sent.statusCode).toBe(201);
    const { number } = sent.json();
    await expect
      // The first mail of a process waits for its parser to begin.
      .poll(async () => (await api.call(bo, 'GET', `/tickets/${number}`)).body, { timeout: 10_000 })
      .toMatchObject({
        state: 'new',
        subject: 'Where is my lamp?',
        customer: { name: 'Ida', email: 'ida@brightmail.test', ip: '203.0.113.5' },
      });
    const timeline = await api.call(bo, 'GET', `/tickets/${number}/timeline`);
    const mail = timeline.body.items.find((entry: { kind: string }) => entry.kind === 'message');
    expect(mail.text.trim()).toBe('It was due on Monday.');
    expect(mail.attachments).toMatchObject([{ filename: 'order.png', contentType: 'image/png' }]);
  });

  test('refuses what is no question, and mailboxes of nobody', async () => {
    const good = { email: 'a@b.test', subject: 'x', text: 'y' };
    const from = '203.0.113.6';
    const code = async (body: object, mailbox?: string) =>
      (await contact(body, mailbox, from)).json().code;
    expect(await code({ ...good, email: 'nobody' })).toBe('validation');
    expect(await code({ ...good, text: ' ' })).toBe('validation');
    expect(await code({ ...good, more: 1 })).toBe('validation');
    expect(await code(good, 'nobody@acme.test')).toBe('not_found');
    const attachments = [
      { filename: 'a.txt', content: Buffer.from('#!/bin/sh').toString('base64') },
    ];
    expect(await code({ ...good, attachments })).toBe('type_not_allowed');
  });

  test('takes twenty in ten minutes from one address', async () => {
    const answers = [];
    for (let count = 0; count < 21; count += 1) {
      answers.push(
        await contact({ email: 'no', subject: 'x', text: 'y' }, undefined, '203.0.113.7'),
      );
    }
    expect(answers.slice(0, 20).map((answer) => answer.statusCode)).not.toContain(429);
    expect(answers[20]?.statusCode).toBe(429);
    expect(answers[20]?.json().code).toBe('rate_limited');
    expect(Number(answers[20]?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('outgoing mails', () => {
  test('that need a person are listed, sent again and said to have arrived', async () => {
    const sent = await api.call(bo, 'POST', '/tickets/500/reply', { text: 'x', undoSeconds: 0 });
    const { id } = sent.body.message;
    const ticket = { company: 'acme', number: 500 };
    const workflows = recordingWorkflows(api.database);
    await workflows.attemptEnded(ticket, { message: id, attempt: 1, outcome: 'failed' });
    const listed = await api.call(anna, 'GET', '/messages?state=failed,uncertain');
    expect(listed.body.items).toMatchObject([{ id, state: 'failed', ticket: { number: 500 } }]);
    expect((await api.call(bo, 'GET', '/messages?state=lost')).status).toBe(400);
    expect((await api.call(stranger, 'GET', '/messages')).body.items).toEqual([]);
    const recipients = async (): Promise<string[]> =>
      (await desk.in((trx) => trx('message').where({ id }).first())).recipients;
    const before = await recipients();
    temporal.away = true;
    const away = await api.call(bo, 'POST', `/messages/${id}/resend`, { to: 'e1@b.test' });
    temporal.away = false;
    expect(away.status).toBe(503);
    expect(await recipients()).toEqual(before);
    const again = await api.call(bo, 'POST', `/messages/${id}/resend`, {
      to: 'e2@brightmail.test',
    });
    expect([again.status, again.body.message.state]).toEqual([202, 'sending']);
    expect(await recipients()).toEqual(['e2@brightmail.test']);
    const twice = await api.call(bo, 'POST', `/messages/${id}/resend`, {
      to: 'e3@brightmail.test',
    });
    expect([twice.status, twice.body.code]).toEqual([409, 'not_allowed']);
    expect(await recipients()).toEqual(['e2@brightmail.test']);
    await workflows.attemptEnded(ticket, { message: id, attempt: 2, outcome: 'uncertain' });
    const arrived = await api.call(bo, 'POST', `/messages/${id}/arrived`);
    expect(arrived.body.message.state).toBe('sent');
  });

  test('that came back are listed with what the report said', async () => {
    const sent = await api.call(bo, 'POST', '/tickets/500/reply', { text: 'x', undoSeconds: 0 });
    const { id } = sent.body.message;
    const reason = 'a bounce: 550 5.1.1 no such user here';
    await desk.in(async (trx) => {
      await trx('message_delivery').where({ message: id }).update({ state: 'bounced' });
      await trx('mail').where({ id: 'acme-mail-500' }).update({ bounce_of: id, reason });
    });
    const listed = await api.call(anna, 'GET', '/messages?state=bounced');
    expect(listed.body.items).toMatchObject([{ id, state: 'bounced', reason }]);
  });

  test('and incoming ones are shown as a page that runs nothing', async () => {
    const page = await api.call(bo, 'GET', '/messages/acme-in-500/html');
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.text).toContain('It is cracked.');
    expect((await api.call(stranger, 'GET', '/messages/acme-in-500/html')).status).toBe(404);
  });
});
