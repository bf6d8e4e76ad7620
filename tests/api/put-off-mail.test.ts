import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { listSentMail } from '../../database/queries/sent-mail.ts';
import { answerQueued, createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

/** Each with the minutes since its first attempt began, and what has come of it since. */
const mails = {
  'put-off-long': { minutes: 16, outcome: 'deferred' },
  'put-off-now': { minutes: 14, outcome: 'deferred' },
  'sent-late': { minutes: 30, outcome: 'sent' },
  refused: { minutes: 30, outcome: 'failed' },
} as const;

const NEXT_TRY = '2030-01-02T09:00:00.000Z';
const BUSY = '451 come back later';

let api: ReadingApi;
let desk: Desk;
let bo: string;
let stranger: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_put_off_mail');
  desk = await createDesk(api.database, 'acme');
  const other = await createDesk(api.database, 'globex');
  [bo, stranger] = [await api.tokenFor(desk, desk.bo), await api.tokenFor(other, other.bo)];
  await customerWrote(desk, 1, { subject: 'Lamp', text: 'Hello' });
  for (const [id, { minutes, outcome }] of Object.entries(mails)) {
    await attempted(id, minutes, outcome);
  }
  await write('not-begun');
  await happen(desk, 1, [answerQueued(desk.bo, 'not-begun', { leaveAt: NEXT_TRY })]);
});

afterAll(() => api.stop());

async function write(id: string): Promise<void> {
  const names = { from_name: 'Acme', from_address: 'support@acme.test', writer: desk.bo };
  const words = { subject: 'Re: Lamp', text: 'Hi', reply_text: 'Hi', snippet: 'Hi' };
  const row = { company: desk.company, id, ticket: 1, direction: 'out', kind: 'reply' };
  const to = { recipients: ['eleanor@brightmail.test'], message_id: `${id}@acme.test` };
  await desk.in((trx) => trx('message').insert({ ...row, ...names, ...words, ...to }));
}

/** A mail whose first attempt began a while ago, and whose last one has just ended. */
async function attempted(
  message: string,
  minutes: number,
  outcome: 'sent' | 'deferred' | 'failed',
): Promise<void> {
  await write(message);
  const ago = (count: number) => new Date(Date.now() - count * 60_000).toISOString();
  const row = { company: desk.company, message, ticket: 1, lease_until: NEXT_TRY };
  const first = { attempt: 1, outcome: 'deferred', response: '450 greylisted' };
  const last = { attempt: 2, outcome, response: outcome === 'deferred' ? BUSY : '' };
  await desk.in((trx) =>
    trx('send_attempt').insert([
      { ...row, ...first, started_at: ago(minutes) },
      { ...row, ...last, started_at: ago(1) },
    ]),
  );
  const next = outcome === 'deferred' ? NEXT_TRY : null;
  const mail = { message, kind: 'reply', attempt: 2 } as const;
  await happen(desk, 1, [
    answerQueued(desk.bo, message),
    { event: { type: 'sendStarted', ...mail } },
    { event: { type: 'delivery', ...mail, outcome, next } },
  ]);
}

async function listed(query: string, token = bo): Promise<string[]> {
  const { status, body } = await api.call(token, 'GET', `/messages${query}`);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id).sort();
}

test('a mail that a server put off for long is listed, one of a few minutes is not', async () => {
  const { body } = await api.call(bo, 'GET', '/messages?state=deferred');
  expect(body).toMatchObject({
    items: [
      {
        id: 'put-off-long',
        ticket: { number: 1, subject: 'Lamp' },
        state: 'sending',
        nextTryAt: NEXT_TRY,
        to: ['eleanor@brightmail.test'],
        writer: { id: desk.bo },
        reason: BUSY,
      },
    ],
    nextCursor: null,
  });
});

test('it is asked for beside those that need a person, and is none of them by itself', async () => {
  expect(await listed('?state=failed,bounced,uncertain,deferred')).toEqual([
    'put-off-long',
    'refused',
  ]);
  expect(await listed('')).toEqual(['refused']);
  expect(await listed('?state=sending')).toEqual(['put-off-long', 'put-off-now']);
  expect(await listed('?state=scheduled')).toEqual(['not-begun']);
});

test('each is on one page only, and no company sees those of another', async () => {
  const first = await api.call(bo, 'GET', '/messages?state=failed,deferred&limit=1');
  const cursor = encodeURIComponent(first.body.nextCursor);
  const second = await listed(`?state=failed,deferred&limit=1&cursor=${cursor}`);
  expect([first.body.items[0].id, ...second].sort()).toEqual(['put-off-long', 'refused']);
  expect(await listed('?state=deferred', stranger)).toEqual([]);
});

test('what the console asks for is found without reading what was sent', async () => {
  const readings = async (): Promise<number> => {
    const { rows } = await desk.in((trx) =>
      trx.raw<{ rows: { count: number }[] }>(
        `select pg_stat_get_numscans(to_regclass('message_delivery_unsettled')) as count`,
      ),
    );
    return rows[0]?.count ?? -1;
  };
  const before = await readings();
  const found = await desk.in(async (trx) => {
    // A small table is read whole otherwise.
    await trx.raw('set local enable_seqscan = off');
    const states = ['failed', 'deferred for long'];
    const { items } = await listSentMail(trx, states, { limit: 10, cursor: null });
    await trx.raw('select pg_stat_force_next_flush()');
    return items.map(({ id }) => id).sort();
  });
  expect(found).toEqual(['put-off-long', 'refused']);
  expect(await readings()).toBeGreaterThan(before);
});

test('a list marks a ticket whose newest answer did not arrive, until it does', async () => {
  const mark = async () => {
    const { body } = await api.call(bo, 'GET', '/tickets?view=all');
    return body.items[0].undelivered;
  };
  const mail = { message: 'not-begun', kind: 'reply', attempt: 1 } as const;
  // An older one was refused, and this one waits.
  expect(await mark()).toBeNull();
  await happen(desk, 1, [
    { event: { type: 'sendStarted', ...mail } },
    { event: { type: 'delivery', ...mail, outcome: 'failed', next: null } },
  ]);
  expect(await mark()).toBe('failed');
  await happen(desk, 1, [
    { event: { type: 'sendStarted', ...mail, attempt: 2 } },
    { event: { type: 'delivery', ...mail, attempt: 2, outcome: 'sent', next: null } },
  ]);
  expect(await mark()).toBeNull();
});
