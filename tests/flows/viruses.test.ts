import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { HandOvers } from '../../intake/hand-overs.ts';
import { acceptParked } from '../../intake/parked.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { createClamdScanner } from '../../mail/scanning/clamd.ts';
import { EICAR, SIGNATURE, startClamdServer } from '../../mail/testing/clamd-server.ts';
import type { ClamdServer } from '../../mail/testing/clamd-server.ts';
import { createDesk } from '../api/desk.ts';
import { startReadingApi } from '../api/reading-api.ts';
import type { ReadingApi } from '../api/reading-api.ts';
import { arrivalOf } from './letter.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
let clamd: ClamdServer;
let api: ReadingApi;
let uploader: string;

beforeAll(async () => {
  [desk, clamd] = await Promise.all([startRunningDesk(), startClamdServer()]);
  api = await startReadingApi(inject('databaseUrl'), 'api_viruses', {
    env: { CLAMD_ADDRESS: clamd.address },
    blobs: () => desk.intake.blobs,
  });
  const other = await createDesk(api.database, 'acme');
  uploader = await api.tokenFor(other, other.bo);
});
beforeEach(() => {
  clamd.trouble = null;
  clamd.bytesMax = Infinity;
});
afterAll(() => Promise.all([desk.stop(), clamd.stop(), api.stop()]));

const intake = (address = clamd.address) => ({
  ...desk.intake,
  handOvers: new HandOvers(desk.database),
  scanner: createClamdScanner(address),
});
const row = (id: string) => desk.in((trx) => trx('mail').where({ id }).first());

async function arrive(content: string, taken = intake()): Promise<string> {
  const text = [
    ...['--b', 'Content-Type: text/plain', '', 'See the file.', '--b'],
    'Content-Disposition: attachment; filename="order.txt"',
    'Content-Transfer-Encoding: base64',
    ...['', Buffer.from(content).toString('base64'), '--b--'],
  ].join('\r\n');
  const letter = { contentType: 'multipart/mixed; boundary=b', text };
  const [stored] = await takeMail(taken, arrivalOf(desk.company, letter));
  await taken.handOvers.drain();
  return stored?.row.id ?? '';
}
const sweepNow = async (taken = intake()) => {
  await desk.in((trx) => trx('mail').where({ outcome: 'pending' }).update('lease_until', null));
  await sweepMail(taken, 0);
};

test('a mail without a virus goes its way; it and its files were looked at', async () => {
  const before = clamd.scanned.length;
  const { ticket, outcome } = await row(await arrive('words'));
  await desk.event(ticket, 'received');
  expect(outcome).toBe('pending');
  expect(clamd.scanned.slice(before)).toHaveLength(2);
  expect(clamd.scanned.at(-1)).toBe(5);
});

test('a mail with a virus is parked by its name; taken out, its file is marked', async () => {
  const id = await arrive(EICAR);
  const reason = `a virus: ${SIGNATURE} in "order.txt"`;
  expect(await row(id)).toMatchObject({
    outcome: 'parked',
    reason,
    threat: SIGNATURE,
    ticket: null,
  });
  expect(await desk.in((trx) => trx('attachment').where('id', 'like', `${id}%`))).toEqual([]);

  const { ticket } = await acceptParked(intake(), desk.company, id);
  await desk.event(ticket, 'received');
  const files = await desk.in((trx) => trx('attachment').where('id', 'like', `${id}%`));
  expect(files).toMatchObject([{ filename: 'order.txt', threat: SIGNATURE }]);
  expect(await row(id)).toMatchObject({ threat: SIGNATURE });
});

test('while the scanner is away mail waits, and is looked at when it is back', async () => {
  const away = intake('127.0.0.1:1');
  const id = await arrive(EICAR, away);
  expect(await row(id)).toMatchObject({ outcome: 'pending', message: null });
  for (let time = 0; time < 10; time += 1) await expect(sweepNow(away)).rejects.toThrow(/scanner/);
  // Not a try of the mail's own, so that it is never given up.
  expect(await row(id)).toMatchObject({ outcome: 'pending', message: null, attempts: 0 });
  await sweepNow();
  expect(await row(id)).toMatchObject({ outcome: 'parked', threat: SIGNATURE });
});

test('a mail that the scanner gives no answer about is parked in the end', async () => {
  clamd.trouble = 'hangs-up';
  const id = await arrive('odd words');
  for (let time = 0; time < 4; time += 1) await sweepNow();
  expect(await row(id)).toMatchObject({ outcome: 'pending' });
  await sweepNow();
  const parked = await row(id);
  expect(parked).toMatchObject({ outcome: 'parked', threat: 'not scanned for viruses' });
  expect(parked.reason).toMatch(/^it could not be scanned for viruses: the virus scanner at .* no/);
});

test('a mail larger than the scanner takes is parked with that reason', async () => {
  clamd.bytesMax = 100;
  const { outcome, reason } = await row(await arrive('words'));
  expect([outcome, reason]).toEqual(['parked', expect.stringMatching(/StreamMaxLength/)]);
});

test('an upload with a virus is refused, and one that nobody could look at', async () => {
  const upload = async (content: string) => {
    const form = new FormData();
    form.append('file', new Blob([content]), 'order.txt');
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type') ?? '';
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: { authorization: `Bearer ${uploader}`, 'content-type': type },
      payload: Buffer.from(await encoded.arrayBuffer()),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const infected = await upload(EICAR);
  expect(infected).toMatchObject({
    status: 415,
    body: { code: 'type_not_allowed', threat: SIGNATURE },
  });
  expect(infected.body.detail).toContain(SIGNATURE);
  clamd.trouble = 'hangs-up';
  expect(await upload('words')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  clamd.trouble = null;
  const clean = await upload('words');
  expect(clean.status).toBe(201);

  const path = `/attachments/${clean.body.id}`;
  const mark = { threat: SIGNATURE };
  await api.database.withCompany('acme', (trx) => trx('attachment').update(mark));
  const held = await api.call(uploader, 'GET', path);
  expect([held.status, held.body.code, held.body.threat]).toEqual([409, 'not_allowed', SIGNATURE]);
  expect((await api.call(uploader, 'GET', `${path}?anyway=true`)).text).toBe('words');
});
