import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inFolder } from './mime/stored-part.ts';
import { parseMail, readMail } from './parse.ts';
import { cpuMsOf } from './testing/cpu-time.ts';

/** Processor time that the worst of these may take; a parser gets 15 s before it is stopped. */
const MS_MAX = 3_000;

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const parts = (count: number) =>
  Array.from({ length: count }, (_, n) => ['--b', 'Content-Type: text/plain', '', `part ${n}`]);
const nested = (depth: number) =>
  Array.from({ length: depth }, (_, n) => [
    `Content-Type: multipart/mixed; boundary=b${n}`,
    '',
    `--b${n}`,
  ]);
const forwards = (depth: number) =>
  Array.from({ length: depth }, (_, n) => [`Subject: ${n}`, 'Content-Type: message/rfc822', '']);

const BOMBS: { [title: string]: () => Buffer } = {
  '10,000 parts': () =>
    mail('Subject: bomb', 'Content-Type: multipart/mixed; boundary=b', '', ...parts(10_000).flat()),
  '1,000 levels of parts': () => mail('Subject: bomb', ...nested(1_000).flat(), '', 'deep'),
  '4,900 levels of parts': () => mail('Subject: bomb', ...nested(4_900).flat(), '', 'deep'),
  '1,000 mails within mails': () => mail(...forwards(1_000).flat(), 'Subject: end', '', 'deep'),
  '1 MB of headers': () =>
    mail(
      'Subject: bomb',
      ...Array.from({ length: 20_000 }, () => `X-A: ${'x'.repeat(45)}`),
      '',
      'x',
    ),
  'one header of 1 MB': () => mail('Subject: bomb', `X-A: ${'x'.repeat(1_000_000)}`, '', 'x'),
  '3 MB of headers and no end': () => mail('Subject: bomb', `X-A: ${'x\r\n '.repeat(750_000)}`),
  '5,000 references': () =>
    mail(
      'Subject: bomb',
      `References: ${Array.from({ length: 5_000 }, (_, n) => `<${n}@b.example>`).join('\r\n ')}`,
      '',
      'x',
    ),
  '10,000 recipients': () =>
    mail(
      'Subject: bomb',
      `To: ${Array.from({ length: 10_000 }, (_, n) => `p${n}@b.example`).join(', ')}`,
      '',
      'x',
    ),
  'a boundary of one letter in a megabyte of it': () =>
    mail('Content-Type: multipart/mixed; boundary=-', '', '---\r\n'.repeat(200_000)),
  'base64 that never ends a line': () =>
    mail('Content-Transfer-Encoding: base64', '', 'QUJD'.repeat(2_000_000)),
  'a calendar of 100,000 lines': () =>
    mail('Content-Type: text/calendar', '', 'BEGIN:VEVENT', 'A;B="c:d'.repeat(100_000)),
  'a winmail.dat of nothing but lengths': () => {
    const head = Buffer.from('789f3e220100', 'hex');
    const type = 'Content-Type: application/ms-tnef\r\n\r\n';
    return Buffer.concat([Buffer.from(type), head, Buffer.alloc(2_000_000)]);
  },
};

describe('a mail of', () => {
  it.each(Object.keys(BOMBS))('%s takes bounded time, and is shown', async (title) => {
    const raw = BOMBS[title]?.() ?? Buffer.alloc(0);
    let isShown = false;
    const spentMs = await cpuMsOf(async () => {
      const { text, attachments, headers } = await parseMail(raw);
      isShown = text !== '' || attachments.length > 0 || headers.subject !== '';
    });
    expect(spentMs).toBeLessThan(MS_MAX);
    expect(isShown).toBe(true);
  });

  it('10,000 parts shows the first of them, and says that it ends early', async () => {
    const { text, problem } = await parseMail(BOMBS['10,000 parts']?.() ?? Buffer.alloc(0));
    expect(text).toContain('part 0\n\npart 1\n\npart 2');
    expect(problem).toMatch(/could not be parsed to its end/);
  });

  it('5,000 references keeps where the thread begins and where it ends', async () => {
    const { headers } = await parseMail(BOMBS['5,000 references']?.() ?? Buffer.alloc(0));
    expect(headers.references).toHaveLength(100);
    expect(headers.references[0]).toBe('0@b.example');
    expect(headers.references.at(-1)).toBe('4999@b.example');
  });

  it('1 MB of headers keeps its parts', async () => {
    const noise = Array.from({ length: 20_000 }, () => `X-A: ${'x'.repeat(45)}`);
    const type = 'Content-Type: multipart/mixed; boundary=b';
    const { text } = await parseMail(mail(type, ...noise, '', ...parts(2).flat(), '--b--'));
    expect(text).toBe('part 0\n\npart 1');
  });
});

describe('a zip bomb', () => {
  it('is kept as the file that it is, and never unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000)).toString('base64');
    const type = 'Content-Disposition: attachment; filename=a.gz';
    const raw = mail(type, 'Content-Transfer-Encoding: base64', '', bomb);
    const { attachments } = await parseMail(raw);
    expect(attachments).toMatchObject([{ filename: 'a.gz', contentType: 'application/gzip' }]);
    expect(attachments[0]?.size).toBeLessThan(100_000);
  });
});

describe('the memory of the parser', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postkeep-bombs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const PIECE = Buffer.from(`${Buffer.alloc(57, 7).toString('base64')}\r\n`.repeat(800));

  /** A mail with a file of so many megabytes, made while it is read. */
  async function* withFile(megabytes: number): AsyncGenerator<Buffer> {
    yield mail('Subject: big', 'Content-Transfer-Encoding: base64', 'Content-Type: a/b', '', '');
    for (let sent = 0; sent < megabytes * 1024 * 1024; sent += PIECE.length) yield PIECE;
  }

  async function* withText(megabytes: number): AsyncGenerator<Buffer> {
    yield mail('Subject: long', 'Content-Type: text/plain; charset=utf-8', '', '');
    const line = Buffer.from('The lamp of the printer blinks again.\r\n'.repeat(1_600));
    for (let sent = 0; sent < megabytes * 1024 * 1024; sent += line.length) yield line;
  }

  /** The most bytes outside the heap of JavaScript, where the contents of files are. */
  async function peakOf(source: AsyncIterable<Buffer>): Promise<number> {
    let peak = 0;
    const watched = (async function* () {
      for await (const piece of source) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers);
        yield piece;
      }
    })();
    await readMail(watched, inFolder(folder));
    return peak;
  }

  it('does not grow with the size of a file', async () => {
    const small = await peakOf(withFile(4));
    const large = await peakOf(withFile(96));
    expect(large - small).toBeLessThan(48 * 1024 * 1024);
  }, 30_000);

  it('does not grow with the length of a text, of which the beginning is shown', async () => {
    const small = await peakOf(withText(8));
    const large = await peakOf(withText(48));
    expect(large - small).toBeLessThan(32 * 1024 * 1024);
    const { text, problem } = await readMail(withText(8), inFolder(folder));
    expect(text).toHaveLength(1_000_000);
    expect(problem).toMatch(/too long to show/);
  }, 30_000);
});
