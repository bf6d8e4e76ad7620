import { beforeAll, describe, expect, test } from 'vitest';

import type { Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { newTicket } from './letters.ts';
import { refusalOf } from './shown.ts';

let desk: Company;
let anna: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('files');
  anna = await desk.agent('Anna');
});

const MIB = 1024 * 1024;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA' +
    'AABJRU5ErkJggg==',
  'base64',
);

function upload(
  caller: Caller,
  content: Uint8Array<ArrayBuffer> | string,
  name = 'file.bin',
): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return caller.call('POST', '/uploads', form);
}

describe('POST /uploads', () => {
  test('is 201 {id, …}', async () => {
    const answer = await upload(anna, 'Hello', 'hello.txt');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: expect.any(String),
      filename: 'hello.txt',
      size: 5,
    });
  });

  test('tells the type by the content, not by the name', async () => {
    const { body } = await upload(anna, new Uint8Array(PNG), 'letter.txt');
    expect(body.contentType).toBe('image/png');
  });

  test('takes 10 MiB, and refuses a byte more with 413 too_large', async () => {
    expect((await upload(anna, new Uint8Array(10 * MIB))).status).toBe(201);
    const more = await upload(anna, new Uint8Array(10 * MIB + 1));
    expect(refusalOf(more)).toEqual({ status: 413, code: 'too_large' });
  });

  test.each([
    ['a Windows program', 'MZ\x90\0'],
    ['a Linux program', '\x7fELF\x02'],
    ['a script', '#!/bin/sh\nrm -rf /\n'],
  ])('refuses %s with 415 type_not_allowed, whatever its name', async (_, content) => {
    const answer = await upload(anna, content, 'photo.png');
    expect(refusalOf(answer)).toEqual({ status: 415, code: 'type_not_allowed' });
  });

  test('without a file is 400, as JSON 415', async () => {
    const empty = new FormData();
    empty.append('word', 'x');
    expect(refusalOf(await anna.call('POST', '/uploads', empty))).toEqual({
      status: 400,
      code: 'validation',
    });
    expect(refusalOf(await anna.call('POST', '/uploads', { file: 'x' }))).toEqual({
      status: 415,
      code: 'type_not_allowed',
    });
  });

  test('more than 25 MiB in one mail is 413', async () => {
    const attachments: string[] = [];
    for (const _ of [1, 2, 3]) {
      attachments.push((await upload(anna, new Uint8Array(9 * MIB))).body.id);
    }
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    const path = `/tickets/${number}/reply`;
    const answer = await anna.call('POST', path, { text: 'x', attachments });
    expect(refusalOf(answer)).toEqual({ status: 413, code: 'too_large' });
  });

  test('of another agent cannot be sent along', async () => {
    const { body } = await upload(anna, 'Mine');
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    const answer = await desk.admin.call('POST', `/tickets/${number}/reply`, {
      text: 'x',
      attachments: [body.id],
    });
    expect(refusalOf(answer)).toEqual({ status: 404, code: 'not_found' });
  });
});

describe('GET /attachments/ID', () => {
  test('gives the bytes as a download that runs nothing', async () => {
    const { body } = await upload(anna, '<script>alert(1)</script>', 'pagé "x".html');
    const answer = await anna.call('GET', `/attachments/${body.id}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('<script>alert(1)</script>');
    const header = (name: string) => answer.headers.get(name) ?? '';
    expect(header('content-type')).toBe('application/octet-stream');
    expect(header('content-disposition')).toMatch(/^attachment;/);
    expect(header('content-disposition')).toContain("filename*=UTF-8''pag%C3%A9");
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toContain('sandbox');
    expect(header('cache-control')).toContain('private');
  });

  test('of nobody is 404, and of anybody without signing in 401', async () => {
    const { body } = await upload(anna, 'x');
    expect((await anna.call('GET', '/attachments/nothing')).status).toBe(404);
    const answer = await fetch(`${anna.url}/api/v1/attachments/${body.id}`);
    expect(answer.status).toBe(401);
  });
});

describe('GET /tickets/N/timeline', () => {
  const multipart = (parts: string[]) => ({
    contentType: 'multipart/related; boundary="b"',
    content: [...parts.map((part) => `--b\r\n${part}`), '--b--'].join('\r\n'),
  });

  test('a message has every field of the contract', async () => {
    const from = 'Eve Fields <eve@fields.example>';
    const number = await newTicket(desk.admin, {
      to: desk.mailbox.address,
      from,
      headers: ['Cc: Friend <friend@fields.example>'],
      text: 'New words.\r\n\r\nOn Thu, 19 Nov 2026, Anna wrote:\r\n> Old words.\r\n',
    });
    const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
    const entry = body.items.at(-1);
    expect(entry).toMatchObject({
      id: expect.any(String),
      kind: 'message',
      at: expect.any(String),
      by: { kind: 'customer' },
      mail: expect.any(String),
      direction: 'in',
      state: 'received',
      from: { name: 'Eve Fields', email: 'eve@fields.example' },
      to: [desk.mailbox.address],
      cc: ['friend@fields.example'],
      subject: 'A cracked lamp',
      replyText: 'New words.',
      html: null,
      attachments: [],
      messageId: expect.any(String),
      automatic: false,
    });
    expect(entry.text).toContain('Old words.');
    expect(entry.quotedText).toContain('Old words.');
    expect('authentication' in entry).toBe(true);
    expect((await anna.call('GET', `/mails/${entry.mail}/raw`)).status).toBe(200);
  });

  test('shows HTML sanitised, files with their size, inline ones marked', async () => {
    const html =
      '<p onclick="x()">Look: <img src="cid:shade@x"></p><script>alert(1)</script>' +
      '<a href="javascript:alert(1)">click</a><img src="https://tracker.example/x.gif">';
    const body = multipart([
      `Content-Type: text/html; charset=utf-8\r\n\r\n${html}`,
      [
        'Content-Type: image/png',
        'Content-ID: <shade@x>',
        'Content-Disposition: inline; filename="shade.png"',
        'Content-Transfer-Encoding: base64',
        `\r\n${PNG.toString('base64')}`,
      ].join('\r\n'),
      [
        'Content-Type: text/plain',
        'Content-Disposition: attachment; filename="list.csv"',
        '\r\na;b',
      ].join('\r\n'),
    ]);
    const number = await newTicket(desk.admin, { to: desk.mailbox.address, body });
    const timeline = await anna.done('GET', `/tickets/${number}/timeline`);
    const entry = timeline.body.items.at(-1);
    expect(entry.html).toContain('Look:');
    expect(entry.html).not.toMatch(/script|onclick| src="https:/i);
    expect(entry.text).toContain('Look:');
    expect(entry.attachments).toMatchObject([
      { filename: 'shade.png', contentType: 'image/png', size: PNG.length, inline: true },
      { filename: 'list.csv', size: 3, inline: false },
    ]);
    const file = await anna.call('GET', `/attachments/${entry.attachments[1].id}`);
    expect(file.text).toBe('a;b');
  });

  test('is in order, oldest first, and pages by cursor', async () => {
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    for (const text of ['one', 'two', 'three']) {
      await anna.done('POST', `/tickets/${number}/notes`, { text });
    }
    const whole = await anna.done('GET', `/tickets/${number}/timeline`);
    const ids = whole.body.items.map(({ id }: { id: string }) => id);
    expect(ids.map(Number)).toEqual(ids.map(Number).sort((a: number, b: number) => a - b));
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = await anna.done('GET', `/tickets/${number}/timeline?limit=2${after}`);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(ids);
  });

  test('tells in events who did what', async () => {
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    await anna.done('POST', `/tickets/${number}/claim`);
    const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
    expect(body.items.at(-1)).toMatchObject({
      kind: 'event',
      type: 'claimed',
      by: { kind: 'agent', id: anna.id, name: 'Anna' },
    });
  });
});
