import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParserStoppedError } from './parse-task.ts';
import { type ParseLimits, type ParsePool, createParsePool } from './parse-pool.ts';

/** Parsers are processes, which take seconds to start while other programs want the processors. */
vi.setConfig({ testTimeout: 30_000 });

let folder = '';
let pool: ParsePool | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postkeep-parse-'));
});
afterEach(async () => {
  pool?.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(limits: ParseLimits = {}): ParsePool {
  pool = createParsePool(limits);
  return pool;
}

async function fileOf(mail: string): Promise<string> {
  const path = join(folder, createHash('sha256').update(mail).digest('hex'));
  await writeFile(path, mail);
  return path;
}

const MIXED = [
  'From: bo@b.example',
  'Subject: With a file',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'See the file.',
  '--b',
  'Content-Disposition: attachment; filename="notes.txt"',
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--b--',
].join('\r\n');
const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

/** Stands for a mail that nobody thought of: its parser never answers, or eats its memory. */
const STRANGE = `
  process.send({ ready: true });
  process.on('disconnect', () => process.exit());
  process.on('message', ({ path }) => {
    if (path === 'spin') for (;;);
    if (path === 'throw') throw new Error('no reason');
    const kept = [];
    while (path === 'eat') kept.push(new Array(10000).fill(path + kept.length));
    process.send({ mail: { text: path === 'pid' ? String(process.pid) : path } });
  });
`;

async function startStrange(limits: ParseLimits): Promise<ParsePool> {
  const program = join(folder, 'strange.mjs');
  await writeFile(program, STRANGE);
  return start({ ...limits, program });
}

const stopped = (words: RegExp) => (error: unknown) =>
  error instanceof ParserStoppedError && words.test(error.message);

describe('parsing apart', () => {
  it('gives the mail, and its files on disk with their hashes', async () => {
    const path = await fileOf(MIXED);
    const mail = await start().parse({ path, folder: join(folder, 'files') });
    expect(mail).toMatchObject({ text: 'See the file.', headers: { subject: 'With a file' } });
    expect(mail.attachments).toMatchObject([
      { filename: 'notes.txt', size: 5, content: { hash: HELLO, size: 5 } },
    ]);
    expect(await readFile(mail.attachments[0]?.content.path ?? '', 'utf8')).toBe('hello');
  });

  it('parses many mails at once, each with its own answer', async () => {
    const { parse } = start();
    const paths = await Promise.all(
      Array.from({ length: 40 }, (_, n) => fileOf(`Subject: ${n}\r\n\r\nmail ${n}`)),
    );
    const mails = await Promise.all(paths.map((path) => parse({ path, folder })));
    expect(mails.map(({ text }) => text)).toEqual(paths.map((_, n) => `mail ${n}`));
  });

  it('tells a mail that cannot be read from one that is too much', async () => {
    const { parse } = start();
    const missing = parse({ path: join(folder, 'nothing'), folder });
    await expect(missing).rejects.not.toBeInstanceOf(ParserStoppedError);
    await expect(missing).rejects.toThrow(/ENOENT/);
  });

  it('stops at the limits, says which, and goes on with the next mail', async () => {
    const { parse } = await startStrange({ parsers: 1, timeMs: 3_000, memoryMb: 64 });
    await expect(parse({ path: 'eat', folder })).rejects.toSatisfy(stopped(/64 MB of memory/));
    await expect(parse({ path: 'throw', folder })).rejects.toSatisfy(stopped(/exit code 1/));
    const spin = parse({ path: 'spin', folder });
    spin.catch(() => undefined);
    const next = parse({ path: 'next', folder });
    await expect(next).resolves.toMatchObject({ text: 'next' });
    await expect(spin).rejects.toSatisfy(stopped(/more than 3 seconds/));
  });

  it('does not blame the mail when somebody else ends the parser', async () => {
    const { parse } = await startStrange({ parsers: 1, parsersMax: 1 });
    const { text: pid } = await parse({ path: 'pid', folder });
    const spin = parse({ path: 'spin', folder });
    process.kill(Number(pid), 'SIGKILL');
    await expect(spin).rejects.toThrow(/ended by SIGKILL; the mail will be parsed again/);
    await expect(spin).rejects.not.toBeInstanceOf(ParserStoppedError);
  });

  it('gives the next mail a parser of its own when all are taken for long', async () => {
    const { parse, stop } = await startStrange({ parsers: 2, parsersMax: 3, timeMs: 60_000 });
    const bad = [1, 2].map(() => parse({ path: 'spin', folder }).catch(() => null));
    // Without another parser it would wait for the minute that the bad ones may take.
    expect(await parse({ path: 'next', folder })).toMatchObject({ text: 'next' });
    stop();
    await Promise.all(bad);
  });

  it('keeps the event loop free while a large mail is parsed', async () => {
    const { parse } = start();
    const path = await fileOf(`Content-Type: text/html\r\n\r\n${'<b>x</b>'.repeat(29_000)}`);
    await parse({ path: await fileOf('Subject: warm\r\n\r\nup'), folder });
    let turns = 0;
    const beat = setInterval(() => (turns += 1), 1);
    await parse({ path, folder });
    clearInterval(beat);
    // Parsed here, it would hold up all but a few turns.
    expect(turns).toBeGreaterThan(30);
  });
});
