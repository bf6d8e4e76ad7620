import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARSE_HERE_BYTES_MAX } from '../limits.ts';
import { cpuMsOf } from '../testing/cpu-time.ts';
import { parseStored } from './parse-stored.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postkeep-parse-'));
});
afterAll(() => rm(folder, { recursive: true }));

const elsewhere = () => Promise.reject(new Error('it went to the parsers'));

async function parse(raw: string) {
  const path = join(folder, 'mail');
  await writeFile(path, raw);
  return parseStored({ path, folder: join(folder, 'files'), bytes: raw.length }, elsewhere);
}

describe('a mail is parsed where it arrived', () => {
  it.each([
    ['without a type', ''],
    ['of plain text', 'Content-Type: text/plain; charset=utf-8\r\n'],
    ['of plain text in capitals', 'content-type: TEXT/PLAIN\r\n'],
  ])('when it is small and %s', async (_, type) => {
    const { replyText, quotedText } = await parse(`${type}\r\nNew.\r\n\r\n> Old.\r\n`);
    expect(replyText).toBe('New.');
    expect(quotedText).toContain('Old.');
  });

  it('and a text that is named as a file is a file', async () => {
    const fields = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt';
    const { attachments } = await parse(`${fields}\r\n\r\nNew.\r\n`);
    expect(attachments.map(({ filename, size }) => [filename, size])).toEqual([['a.txt', 6]]);
  });
});

describe('a mail goes to the parsers', () => {
  it.each([
    ['of HTML', 'Content-Type: text/html\r\n\r\n<b>New.</b>'],
    ['of parts', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nNew.'],
    ['of a type that only begins as plain text', 'Content-Type: text/plainer\r\n\r\nNew.'],
    ['that is large', `\r\n${'x'.repeat(PARSE_HERE_BYTES_MAX)}`],
  ])('when it is one %s', async (_, raw) => {
    await expect(parse(raw)).rejects.toThrow('it went to the parsers');
  });
});

describe('the worst of small plain texts', () => {
  const CPU_MS_MAX = 500;
  const full = (piece: string) =>
    `\r\n${piece.repeat(Math.floor((PARSE_HERE_BYTES_MAX - 2) / piece.length))}`;

  it.each([
    '> ',
    '>\r\n',
    'On ',
    'On a wrote:\r\n',
    '-- \r\n',
    '-----Original Message-----\r\n',
    'From: a\r\n',
    ' ',
    '\r\n',
    '_',
    'a@b.c ',
    '=?utf-8?q?a?= ',
    'begin 644 a\r\n',
    'Am 1. schrieb a <a@b.c>:',
  ])('%j over and over holds up nobody', async (piece) => {
    const spentMs = await cpuMsOf(() => parse(full(piece)));
    expect(spentMs).toBeLessThan(CPU_MS_MAX);
  });

  it('is also one in its headers', async () => {
    const spentMs = await cpuMsOf(() => parse(`Subject: ${full('=?a?q?a?= ').slice(20)}`));
    expect(spentMs).toBeLessThan(CPU_MS_MAX);
  });
});
