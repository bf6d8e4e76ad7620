import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { readKeptBytes } from '../../database/queries/attachments.ts';
import { allocateNumber } from '../../database/queries/ticket-log.ts';
import { storeMail } from '../../intake/store-mail.ts';
import { readHeaders } from '../../mail/headers.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let workflows: RecordingWorkflows;
let desk: Desk;
let bo: string;

const RAW = [
  'From: Tom Ashworth <tom@northpost.test>',
  'To: support@acme.test',
  'Subject: Wrong screws',
  'Message-ID: <screws@northpost.test>',
  '',
  'Bag C holds eight short ones.',
  '',
].join('\r\n');

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_parked', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  await customerWrote(desk, 1, { subject: 'Lamp', text: 'Hello' });
  await desk.in((trx) => allocateNumber(trx));
});

afterAll(() => api.stop());

async function park(id: string): Promise<string> {
  const { hash, size } = await api.blobs.put(Buffer.from(RAW));
  await desk.in(async (trx) => {
    await trx('mail').insert({
      company: desk.company,
      id,
      via: 'smtp',
      received_at: new Date().toISOString(),
      raw_hash: hash,
      raw_bytes: size,
      message_id: 'screws@northpost.test',
      content_key: `key-${id}`,
      from_name: 'Tom Ashworth',
      from_address: 'tom@northpost.test',
      subject: 'Wrong screws',
      mailbox: desk.mailbox,
      outcome: 'parked',
      reason: 'it looked like a loop',
    });
  });
  return `/mails/${id}`;
}

const parked = async (): Promise<number> => (await api.call(bo, 'GET', '/views')).body.parked;

test('a parked mail that is accepted begins a ticket', async () => {
  const path = await park('parked-1');
  expect(await parked()).toBe(1);
  const answer = await api.call(bo, 'POST', `${path}/accept`);
  expect(answer.status).toBe(200);
  expect(workflows.asked).toContain('receive');
  const mail = await api.call(bo, 'GET', path);
  expect(mail.body).toMatchObject({ outcome: 'new_ticket', ticket: 2 });
  expect((await api.call(bo, 'GET', '/tickets/2')).body).toMatchObject({
    subject: 'Wrong screws',
    state: 'new',
    customer: { name: 'Tom Ashworth', email: 'tom@northpost.test' },
  });
  expect(await parked()).toBe(0);
  const again = await api.call(bo, 'POST', `${path}/accept`);
  expect(again.body).toMatchObject({ status: 409, code: 'not_allowed', state: 'new_ticket' });
});

test('a parked mail that is attached is in the conversation', async () => {
  const path = await park('parked-2');
  expect((await api.call(bo, 'POST', `${path}/attach`, { ticket: 99 })).status).toBe(404);
  expect((await api.call(bo, 'POST', `${path}/attach`, {})).status).toBe(400);
  expect((await api.call(bo, 'POST', `${path}/attach`, { ticket: 1 })).status).toBe(200);
  const { body } = await api.call(bo, 'GET', '/tickets/1/timeline');
  const mails = body.items.filter((item: { kind: string }) => item.kind === 'message');
  expect(mails.at(-1)).toMatchObject({ mail: 'parked-2', text: 'Bag C holds eight short ones.' });
});

test('a parked mail is deleted by a person’s wish, and no other mail is', async () => {
  const path = await park('parked-3');
  expect((await api.call(bo, 'DELETE', path)).status).toBe(204);
  expect((await api.call(bo, 'GET', path)).status).toBe(404);
  const kept = await api.call(bo, 'DELETE', '/mails/acme-mail-1');
  expect(kept.body).toMatchObject({ status: 409, code: 'not_allowed' });
});

test('a parked mail is read before somebody decides, and nothing of it is kept', async () => {
  const path = await park('parked-4');
  const { status, body } = await api.call(bo, 'GET', `${path}/preview`);
  expect([status, body]).toEqual([
    200,
    { text: 'Bag C holds eight short ones.', files: [], problem: null },
  ]);
  const kept = await desk.in((trx) => trx('message').where({ mail: 'parked-4' }));
  expect(kept).toEqual([]);
  expect((await api.call(bo, 'GET', '/mails/nothing/preview')).status).toBe(404);
});

test('what a mail with a virus says is given only to somebody who knows', async () => {
  const path = await park('parked-5');
  const threat = 'Win.Test.EICAR_HDB-1';
  await desk.in((trx) => trx('mail').where({ id: 'parked-5' }).update({ threat }));
  expect((await api.call(bo, 'GET', path)).body).toMatchObject({
    threat,
    mailbox: { id: desk.mailbox, address: 'support@acme.test' },
  });
  for (const part of ['raw', 'preview']) {
    const held = await api.call(bo, 'GET', `${path}/${part}`);
    expect(held.body).toMatchObject({ status: 409, code: 'not_allowed', threat });
    expect(held.text).not.toContain('eight short ones');
    const given = await api.call(bo, 'GET', `${path}/${part}?anyway=true`);
    expect([given.status, given.text]).toEqual([200, expect.stringContaining('eight short ones')]);
  }
});

test('a mail that was too large is saved as far as it is kept, and counts so much', async () => {
  const TOO_LARGE = 30_000_000;
  const raw = Buffer.from(RAW.replace('screws@', 'huge@'));
  const { hash } = await api.blobs.put(raw);
  const kept = () => desk.in((trx) => readKeptBytes(trx, ''));
  const before = await kept();
  const { row } = await storeMail(api.database, desk.company, {
    via: 'imap',
    raw,
    hash,
    headers: readHeaders(raw),
    receivedAt: new Date(),
    envelope: { from: '', to: [] },
    remoteAddress: null,
    helo: null,
    mailbox: desk.mailbox,
    token: null,
    automatic: null,
    writtenTo: null,
    cut: { reason: 'too large', bytes: TOO_LARGE },
  });
  expect((await kept()) - before).toBe(raw.length);
  expect((await api.call(bo, 'GET', `/mails/${row.id}`)).body).toMatchObject({
    outcome: 'parked',
    size: TOO_LARGE,
  });
  const address = await api.app.listen({ host: '127.0.0.1', port: 0 });
  const saved = await fetch(`${address}/api/v1/mails/${row.id}/raw`, {
    headers: { authorization: `Bearer ${bo}` },
  });
  expect(Buffer.from(await saved.arrayBuffer())).toEqual(raw);
  expect(saved.headers.get('content-length')).toBe(String(raw.length));
});
