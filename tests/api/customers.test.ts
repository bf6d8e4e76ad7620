import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { answerQueued, createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;
let path: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_customers');
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  path = `/customers/${desk.customer}`;
  for (const number of [1, 2, 3]) {
    await customerWrote(desk, number, { subject: `Lamp ${number}`, text: 'Hello' });
  }
});

afterAll(() => api.stop());

test('a customer is renamed, and every list shows it', async () => {
  const changed = await api.call(bo, 'PATCH', path, { name: ' Eleanor  Hughes-Smith ' });
  expect(changed).toMatchObject({ status: 200, body: { name: 'Eleanor Hughes-Smith' } });
  const list = await api.call(bo, 'GET', '/tickets?limit=1');
  expect(list.body.items[0].customer.name).toBe('Eleanor Hughes-Smith');
});

test('a new main address leaves the one before known', async () => {
  const email = 'Eleanor@HughesStudio.test';
  const changed = await api.call(bo, 'PATCH', path, { email });
  expect(changed.body).toMatchObject({
    email: 'eleanor@hughesstudio.test',
    addresses: ['eleanor@brightmail.test', 'eleanor@hughesstudio.test'],
    tickets: 3,
  });
});

test('the address of another customer cannot be taken', async () => {
  await desk.in(async (trx) => {
    const other = { company: desk.company, id: 'other', name: 'Tom', email: 'tom@x.test' };
    await trx('customer').insert(other);
    const address = { company: desk.company, address: 'tom@x.test', customer: 'other' };
    await trx('customer_address').insert(address);
  });
  const answer = await api.call(bo, 'PATCH', path, { email: 'TOM@x.test' });
  expect(answer.body).toMatchObject({ status: 409, code: 'already_exists', customer: 'other' });
  expect((await api.call(bo, 'PATCH', path, { email: 'nobody' })).status).toBe(400);
});

test('notes about a customer come back with their writer, newest first', async () => {
  const first = await api.call(bo, 'POST', `${path}/notes`, { text: 'Pays by company card.' });
  expect(first).toMatchObject({
    status: 201,
    body: { text: 'Pays by company card.', by: { id: desk.bo, name: 'Bo Lindqvist' } },
  });
  await api.call(anna, 'POST', `${path}/notes`, { text: 'Wants the receipt to the studio.' });
  const { body } = await api.call(bo, 'GET', path);
  expect(body.notes.map((note: { by: { name: string } }) => note.by.name)).toEqual([
    'Anna Berg',
    'Bo Lindqvist',
  ]);
  expect((await api.call(bo, 'POST', `${path}/notes`, { text: ' \n' })).status).toBe(400);
});

test('earlier tickets are listed newest first, page by page', async () => {
  const first = await api.call(bo, 'GET', `${path}/tickets?limit=2`);
  const numbers = (answer: { body: { items: { number: number }[] } }) =>
    answer.body.items.map((item) => item.number);
  expect(numbers(first)).toEqual([3, 2]);
  const cursor: string = first.body.nextCursor;
  expect(numbers(await api.call(bo, 'GET', `${path}/tickets?cursor=${cursor}`))).toEqual([1]);
});

test('a ticket is unread for each agent until that agent has read it', async () => {
  const unread = async (token: string) => (await api.call(token, 'GET', '/tickets/1')).body.unread;
  expect([await unread(anna), await unread(bo)]).toEqual([true, true]);
  await api.call(bo, 'PUT', '/tickets/1/read', {});
  expect([await unread(anna), await unread(bo)]).toEqual([true, false]);
});

test('who answered a ticket has read it, until the customer writes again', async () => {
  await happen(desk, 3, [
    answerQueued(desk.bo, 'answer-3'),
    { event: { type: 'sendStarted', message: 'answer-3', kind: 'reply', attempt: 1 } },
  ]);
  const unread = async (token: string) => (await api.call(token, 'GET', '/tickets/3')).body.unread;
  expect([await unread(anna), await unread(bo)]).toEqual([true, false]);
  await happen(desk, 3, [
    {
      by: { kind: 'customer' },
      event: { type: 'received', mail: 'm', message: 'acme-in-3', automatic: false },
    },
  ]);
  expect(await unread(bo)).toBe(true);
});

test('reminders are one’s own, in words, and gone when done', async () => {
  await desk.in(async (trx) => {
    const reason = { company: desk.company, id: 'why', ticket: 2, text: 'ask the glassworks' };
    await trx('ticket_text').insert(reason);
  });
  const until = '2030-01-02T09:00:00.000Z';
  await happen(desk, 2, [
    {
      by: { kind: 'agent', id: desk.bo },
      event: { type: 'pended', until, reason: 'why', agent: desk.bo },
    },
    { event: { type: 'reminded', kind: 'customer_replied', agents: [desk.bo], message: null } },
    { event: { type: 'reminded', kind: 'callback', agents: [desk.bo, desk.anna], message: null } },
  ]);
  const { body } = await api.call(bo, 'GET', '/reminders');
  expect(body.items).toMatchObject([
    {
      kind: 'callback',
      ticket: { number: 2, subject: 'Lamp 2' },
      text: 'The callback date has come: ask the glassworks',
    },
    { kind: 'customer_replied', text: 'Eleanor Hughes-Smith replied.' },
  ]);
  const [callback] = body.items;
  expect((await api.call(anna, 'POST', `/reminders/${callback.id}/done`)).status).toBe(404);
  expect((await api.call(bo, 'POST', `/reminders/${callback.id}/done`)).body.done).toBe(true);
  expect((await api.call(bo, 'POST', `/reminders/${callback.id}/done`)).status).toBe(200);
  expect((await api.call(bo, 'GET', '/reminders')).body.items).toHaveLength(1);
  expect((await api.call(anna, 'GET', '/reminders')).body.items).toHaveLength(1);
});
