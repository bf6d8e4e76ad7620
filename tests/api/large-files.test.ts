import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { prepare } from '../../activities/send/prepare.ts';
import { createSmtpSender } from '../../mail/outbound/smtp-sender.ts';
import { testLog } from '../../runtime/logger.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';

const MIB = 1_048_576;
const FILE_MIB = 160;
const FILE_BYTES = FILE_MIB * MIB;

/** Buffers that are in use or not yet collected: the file would be 160, and its copies more. */
const BUFFERS_MIB_MAX = 96;

let api: ReadingApi;
let desk: Desk;
let bo: string;
let url: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_large', {
    workflows: recordingWorkflows,
    env: { ATTACHMENT_BYTES_MAX: '200MiB', MAIL_BYTES_MAX: '300MiB' },
  });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  await customerWrote(desk, 500, { subject: 'Lumen 40', text: 'It is cracked.' });
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => api.stop());

/** The work's answer, and how much more memory buffers took meanwhile than before, at most. */
async function buffersOf<T>(work: () => Promise<T>): Promise<{ answer: T; peakMib: number }> {
  const used = () => process.memoryUsage().arrayBuffers;
  const before = used();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, used())), 5);
  try {
    return { answer: await work(), peakMib: (Math.max(peak, used()) - before) / MIB };
  } finally {
    clearInterval(timer);
  }
}

const PIECE = Buffer.alloc(MIB, 'a piece of a large file, ');
function* noise(): Generator<Buffer> {
  for (let n = 0; n < FILE_MIB; n += 1) yield PIECE;
}
const hashOf = (pieces: Iterable<Buffer>) => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};

async function upload(): Promise<{ id: string; size: number }> {
  const sent = request(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bo}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
  });
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
  const form = function* () {
    yield Buffer.from(head);
    yield* noise();
    yield Buffer.from('\r\n--b--\r\n');
  };
  const answered = once(sent, 'response');
  await pipeline(Readable.from(form()), sent);
  const [answer] = await answered;
  return JSON.parse((await Readable.from(answer).toArray()).join(''));
}

/** Takes one mail and forgets it, counting its bytes. */
async function startSink() {
  const seen = { bytes: 0 };
  const server = createServer((socket) => {
    let isData = false;
    let end = '';
    socket.write('220 sink\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (!isData) {
        isData = /^DATA/im.test(text);
        const replies = text.match(/^[A-Z]+/gim) ?? [];
        for (const verb of replies) socket.write(verb === 'DATA' ? '354 go\r\n' : '250 ok\r\n');
        return;
      }
      seen.bytes += chunk.length;
      end = `${end}${text}`.slice(-5);
      if (end !== '\r\n.\r\n') return;
      isData = false;
      socket.write('250 taken\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { seen, port, stop: () => server.close() };
}

test('a file goes up, down, and out by mail without being wholly in memory', async () => {
  const hash = hashOf(noise());
  const up = await buffersOf(upload);
  expect(up.answer.size).toBe(FILE_BYTES);
  expect(up.peakMib).toBeLessThan(BUFFERS_MIB_MAX);

  const down = await buffersOf(async () => {
    const headers = { authorization: `Bearer ${bo}` };
    const answer = await fetch(`${url}/api/v1/attachments/${up.answer.id}`, { headers });
    const got = createHash('sha256');
    for await (const piece of answer.body ?? []) got.update(piece);
    return { length: answer.headers.get('content-length'), hash: got.digest('hex') };
  });
  expect(down.answer).toEqual({ length: String(FILE_BYTES), hash });
  expect(down.peakMib).toBeLessThan(BUFFERS_MIB_MAX);

  const reply = { text: 'See the file.', attachments: [up.answer.id], undoSeconds: 0 };
  const answer = await api.call(bo, 'POST', '/tickets/500/reply', reply);
  const { id: message } = answer.body.message;
  const sink = await startSink();
  const folder = await api.blobs.scratchFolder();
  const out = await buffersOf(async () => {
    const { database, blobs } = api;
    const sealer = createSealer('only for this test');
    const common = { secret: 'only for this test', publicUrl: 'http://desk.test', sealer };
    const prepared = await prepare(
      { database, blobs, ...common, logger: testLog },
      { company: 'acme', number: 500, message, attempt: 1 },
      folder,
    );
    if ('problem' in prepared) throw new Error(prepared.problem);
    const sender = createSmtpSender(`smtp://127.0.0.1:${sink.port}`);
    return sender.sendOnce({ ...prepared, onHandingOver: async () => undefined });
  });
  sink.stop();
  await rm(folder, { recursive: true, force: true });
  expect(out.answer.outcome).toBe('sent');
  // In base64, four bytes stand for three.
  expect(sink.seen.bytes).toBeGreaterThan((FILE_BYTES * 4) / 3);
  expect(out.peakMib).toBeLessThan(BUFFERS_MIB_MAX);
  testLog.info({ up: up.peakMib, down: down.peakMib, out: out.peakMib }, 'MiB of buffers');
}, 120_000);

test('a part of a file can be asked for, and its headers alone', async () => {
  const form = new FormData();
  form.append('file', new Blob(['0123456789']), 'digits.txt');
  const headers = { authorization: `Bearer ${bo}` };
  const sent = await fetch(`${url}/api/v1/uploads`, { method: 'POST', headers, body: form });
  const { id } = JSON.parse(await sent.text());
  const get = async (range: string, more: object = {}) => {
    const asked = { ...headers, range, ...more };
    const answer = await fetch(`${url}/api/v1/attachments/${id}`, { headers: asked });
    return [answer.status, answer.headers.get('content-range'), await answer.text()];
  };
  expect(await get('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
  expect(await get('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await get('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await get('bytes=5-900')).toEqual([206, 'bytes 5-9/10', '56789']);
  for (const odd of ['bytes=10-', 'bytes=4-2', 'bytes=-', 'bytes=1-2,4-5', 'lines=1-2']) {
    expect(await get(odd)).toEqual([200, null, '0123456789']);
  }
  expect(await get('bytes=2-4', { 'if-range': '"another"' })).toEqual([200, null, '0123456789']);
  const head = await fetch(`${url}/api/v1/attachments/${id}`, { method: 'HEAD', headers });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  expect(await head.text()).toBe('');
});
