import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import type { Authentication } from '../../domain/authentication.ts';
import type { MessageKind } from '../../domain/ticket/ticket.ts';
import { answerQueued, createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

const verified: Authentication = {
  verdict: 'verified',
  spf: 'pass',
  dkim: 'none',
  dmarc: 'pass',
  arc: 'none',
  domain: 'brightmail.test',
  policy: 'reject',
  checkedBy: 'postkeep',
};

let api: ReadingApi;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_timeline');
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
});

afterAll(() => api.stop());

const byBo = () => ({ kind: 'agent', id: desk.bo }) as const;

async function timeline(number: number, query = '') {
  const answer = await api.call(bo, 'GET', `/tickets/${number}/timeline${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

async function written(id: string, ticket: number, row: object = {}): Promise<void> {
  await desk.in(async (trx) => {
    await trx('message').insert({
      company: desk.company,
      id,
      ticket,
      direction: 'out',
      kind: 'reply',
      writer: desk.bo,
      message_id: `${id}@acme.test`,
      from_name: 'Acme Support',
      from_address: 'support@acme.test',
      recipients: ['eleanor@brightmail.test'],
      subject: 'Re: Lamp',
      text: 'Hi Eleanor',
      reply_text: 'Hi Eleanor',
      ...row,
    });
  });
}

const queued = (message: string, facts: Parameters<typeof answerQueued>[2] = {}) =>
  answerQueued(desk.bo, message, facts);

const started = (message: string, attempt: number, kind: MessageKind = 'reply') =>
  ({ event: { type: 'sendStarted', message, kind, attempt } }) as const;

const delivered = (
  message: string,
  outcome: 'sent' | 'deferred' | 'failed' | 'uncertain',
  next: string | null = null,
) =>
  ({
    event: { type: 'delivery', message, kind: 'reply', outcome, attempt: 1, next },
  }) as const;

test('a mail shows who wrote it, its words in parts, its files and its ledger id', async () => {
  await customerWrote(desk, 1, { subject: 'Lamp', text: 'It is cracked.' });
  await desk.in(async (trx) => {
    await trx('attachment').insert({
      company: desk.company,
      id: 'photo',
      message: 'acme-in-1',
      filename: 'rim.jpg',
      content_type: 'image/jpeg',
      bytes: 1_800_000,
      hash: '0'.repeat(64),
      inline: true,
      content_id: 'rim',
    });
    await trx('message')
      .where({ id: 'acme-in-1' })
      .update({ quoted_text: '> earlier', authentication: verified });
  });
  const { items, nextCursor } = await timeline(1);
  expect(nextCursor).toBeNull();
  expect(items[0]).toMatchObject({
    id: '1',
    kind: 'event',
    type: 'created',
    data: { via: 'mail' },
  });
  expect(items[1]).toEqual({
    id: '2',
    kind: 'message',
    at: '2026-11-19T18:02:00.000Z',
    by: { kind: 'customer', name: 'Eleanor Hughes' },
    message: 'acme-in-1',
    messageKind: 'customer',
    mail: 'acme-mail-1',
    direction: 'in',
    state: 'received',
    sentAt: null,
    sendAt: null,
    nextTryAt: null,
    reason: null,
    refused: [],
    from: { name: 'Eleanor Hughes', email: 'eleanor@brightmail.test' },
    to: ['support@acme.test'],
    cc: [],
    bcc: [],
    subject: 'Lamp',
    text: 'It is cracked.',
    replyText: 'It is cracked.',
    quotedText: '> earlier',
    html: null,
    attachments: [
      {
        id: 'photo',
        filename: 'rim.jpg',
        contentType: 'image/jpeg',
        size: 1_800_000,
        inline: true,
        contentId: 'rim',
        threat: null,
      },
    ],
    messageId: 'first-1@brightmail.test',
    automatic: false,
    authentication: verified,
    stranger: false,
    forwardedBy: null,
    warning: null,
    ...{ ticket: 1, remoteImages: false, exchange: false },
  });
});

test('a mail that bears no name shows the customer’s, as long as it is their address', async () => {
  await customerWrote(desk, 12, { subject: 'Lamp', text: 'It is cracked.' });
  const change = (changes: object) =>
    desk.in((trx) => trx('message').where({ id: 'acme-in-12' }).update(changes));
  await change({ from_name: '' });
  expect((await timeline(12)).items[1]).toMatchObject({ from: { name: 'Eleanor Hughes' } });
  await change({ from_address: 'stranger@brightmail.test' });
  expect((await timeline(12)).items[1]).toMatchObject({ from: { name: '' } });
});

test('history names agents, teams and labels, and gives reasons in words', async () => {
  await customerWrote(desk, 2, { subject: 'Lamp', text: 'Hello' });
  await desk.in(async (trx) => {
    await trx('label').insert({ company: desk.company, id: 'label-1', name: 'damaged' });
    await trx('ticket_text').insert([
      { company: desk.company, id: 'why-2', ticket: 2, text: 'waiting for the supplier' },
      { company: desk.company, id: 'subject-2b', ticket: 2, text: 'Lumen 40' },
    ]);
    const note = { company: desk.company, id: 'note-2', ticket: 2, text: 'Ships on Wednesday.' };
    await trx('note').insert({ ...note, agent: desk.bo });
  });
  const until = '2030-01-02T09:00:00.000Z';
  await happen(desk, 2, [
    { by: byBo(), event: { type: 'claimed', agent: desk.bo, from: null } },
    { by: byBo(), event: { type: 'teamChanged', team: desk.support, from: null } },
    { by: byBo(), event: { type: 'labelled', label: 'label-1' } },
    { by: byBo(), event: { type: 'noted', note: 'note-2' } },
    { by: byBo(), event: { type: 'renamed', subject: 'subject-2b' } },
    { by: byBo(), event: { type: 'pended', until, reason: 'why-2', agent: desk.bo } },
    { by: { kind: 'timer' }, event: { type: 'resumed', why: 'callback', due: until } },
  ]);
  const bob = { id: desk.bo, name: 'Bo Lindqvist' };
  const { items } = await timeline(2);
  const history = items.slice(2).map((item: { [field: string]: unknown }) => {
    const { at: _at, id: _id, ...rest } = item;
    return rest;
  });
  const by = { kind: 'agent', ...bob };
  const team = { id: desk.support, name: 'Support' };
  expect(history).toEqual([
    { kind: 'event', by, type: 'claimed', data: { agent: bob, from: null } },
    { kind: 'event', by, type: 'teamChanged', data: { team, from: null } },
    {
      kind: 'event',
      by,
      type: 'labelled',
      data: { label: { id: 'label-1', name: 'damaged' } },
    },
    {
      kind: 'note',
      by,
      note: 'note-2',
      text: 'Ships on Wednesday.',
      mentions: [],
      editedAt: null,
      deleted: false,
    },
    { kind: 'event', by, type: 'renamed', data: { subject: 'Lumen 40' } },
    {
      kind: 'event',
      by,
      type: 'pended',
      data: { until, reason: 'waiting for the supplier', agent: bob },
    },
    {
      kind: 'event',
      by: { kind: 'timer' },
      type: 'resumed',
      data: { why: 'callback', due: until },
    },
  ]);
});

test('what follows a reply by its undo timer is put down to its writer', async () => {
  await customerWrote(desk, 7, { subject: 'Lamp', text: 'Hello' });
  const until = '2030-01-02T09:00:00.000Z';
  const event = { type: 'pended', until, reason: null, agent: desk.bo } as const;
  await happen(desk, 7, [{ by: { kind: 'timer' }, event }]);
  const { items } = await timeline(7);
  expect(items[2]).toMatchObject({ type: 'pended', by: { kind: 'agent', name: 'Bo Lindqvist' } });
});

test('a mail of ours is one entry whose state tells how its sending stands', async () => {
  await customerWrote(desk, 3, { subject: 'Lamp', text: 'Hello' });
  const next = '2030-01-02T09:00:00.000Z';
  await written('r-sent', 3);
  await written('r-waits', 3);
  await written('r-later', 3);
  await written('r-failed', 3);
  await desk.in(async (trx) => {
    const lease = { lease_until: next, attempt: 1, ticket: 3, company: desk.company };
    await trx('send_attempt').insert([
      { ...lease, message: 'r-later', outcome: 'deferred', response: '451 come back later' },
      { ...lease, message: 'r-failed', outcome: 'failed', response: '550 no such user here' },
    ]);
  });
  await happen(desk, 3, [
    { by: byBo(), event: { type: 'claimed', agent: desk.bo, from: null } },
    queued('r-sent'),
    started('r-sent', 1),
    delivered('r-sent', 'sent'),
    queued('r-waits', { leaveAt: next }),
    queued('r-later'),
    started('r-later', 1),
    delivered('r-later', 'deferred', next),
    queued('r-failed'),
    started('r-failed', 1),
    delivered('r-failed', 'failed'),
    { event: { type: 'reminded', kind: 'delivery_failed', agents: [desk.bo], message: null } },
  ]);
  const { items } = await timeline(3);
  const told = items.slice(3).map((item: { [field: string]: unknown }) => {
    const { id, message, state, reason, nextTryAt, sendAt, type } = item;
    return type ? { id, type } : { id, message, state, reason, nextTryAt, sendAt };
  });
  const quiet = { reason: null, nextTryAt: null, sendAt: null };
  expect(told).toEqual([
    { ...quiet, id: '4', message: 'r-sent', state: 'sent' },
    { ...quiet, id: '7', message: 'r-waits', state: 'scheduled', sendAt: next },
    {
      id: '8',
      message: 'r-later',
      state: 'sending',
      reason: '451 come back later',
      nextTryAt: next,
      sendAt: null,
    },
    {
      ...quiet,
      id: '11',
      message: 'r-failed',
      state: 'failed',
      reason: '550 no such user here',
    },
    { id: '13', type: 'delivery' },
  ]);
  expect(items[3].by).toEqual({ kind: 'agent', id: desk.bo, name: 'Bo Lindqvist' });
});

test('a mail taken back in its undo seconds leaves no trace, a planned one does', async () => {
  await customerWrote(desk, 4, { subject: 'Lamp', text: 'Hello' });
  const leaveAt = '2030-01-02T09:00:00.000Z';
  await written('u-undone', 4);
  await written('u-planned', 4, { send_at: leaveAt });
  await happen(desk, 4, [
    queued('u-undone', { leaveAt }),
    {
      by: byBo(),
      event: { type: 'sendCancelled', message: 'u-undone', leaveAt, why: 'agent' },
    },
    queued('u-planned', { leaveAt, later: true }),
    {
      by: { kind: 'customer' },
      event: { type: 'sendCancelled', message: 'u-planned', leaveAt, why: 'customer' },
    },
  ]);
  const { items } = await timeline(4);
  expect(items.slice(2)).toMatchObject([
    { id: '6', type: 'sendCancelled', data: { message: 'u-planned', why: 'customer' } },
  ]);
});

test('a mail that goes again stays where it was, with a line that says so', async () => {
  await customerWrote(desk, 5, { subject: 'Lamp', text: 'Hello' });
  await written('again', 5);
  await happen(desk, 5, [
    queued('again'),
    started('again', 1),
    delivered('again', 'uncertain'),
    queued('again'),
    started('again', 2),
  ]);
  const { items } = await timeline(5);
  expect(items.slice(2)).toMatchObject([
    { id: '3', kind: 'message', message: 'again', state: 'sending' },
    { id: '5', type: 'delivery', data: { outcome: 'uncertain' } },
    { id: '6', type: 'resent', data: { message: 'again' } },
  ]);
});

test('mails that the desk writes are its own, and reminders stay out of it', async () => {
  await customerWrote(desk, 6, { subject: 'Lamp', text: 'Hello' });
  const automatic = { writer: null, automatic: true };
  await written('acknowledgement-6-2', 6, { ...automatic, kind: 'acknowledgement' });
  await written('reminder-6-4', 6, { ...automatic, kind: 'reminder', recipient: desk.bo });
  await happen(desk, 6, [
    {
      ...queued('acknowledgement-6-2', { kind: 'acknowledgement', writer: null }),
      by: { kind: 'customer' },
    },
    started('acknowledgement-6-2', 1, 'acknowledgement'),
    queued('reminder-6-4', { kind: 'reminder', writer: null, to: desk.bo }),
    started('reminder-6-4', 1, 'reminder'),
    {
      event: {
        type: 'delivery',
        message: 'reminder-6-4',
        kind: 'reminder',
        outcome: 'failed',
        attempt: 1,
        next: null,
      },
    },
  ]);
  const { items } = await timeline(6);
  expect(items.slice(2)).toMatchObject([
    { id: '3', messageKind: 'acknowledgement', by: { kind: 'desk' }, automatic: true },
  ]);
});

test('pages of the timeline add up to the whole, oldest first', async () => {
  const whole = (await timeline(3)).items.map((item: { id: string }) => item.id);
  const found: string[] = [];
  let cursor = '';
  do {
    const page = await timeline(3, `?limit=2${cursor && `&cursor=${cursor}`}`);
    expect(page.items.length).toBeLessThanOrEqual(2);
    found.push(...page.items.map((item: { id: string }) => item.id));
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  expect(found).toEqual(whole);
});
