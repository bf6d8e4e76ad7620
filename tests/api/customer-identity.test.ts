import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';

import {
  customerByAddress,
  findAuthor,
  findByMessageIds,
  lockKeys,
} from '../../database/queries/intake.ts';
import { lockTicket } from '../../database/queries/ticket-log.ts';
import { SUMMARIES_MAX } from '../../domain/ticket/decide/automatic-limit.ts';
import { rebuildProjection } from '../../database/rebuild.ts';
import { senderLock } from '../../intake/choose-ticket.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

const MAIN = 'eleanor@brightmail.test';
const STUDIO = 'eleanor@hughesstudio.test';

let api: ReadingApi;
let desk: Desk;
let bo: string;
let path: string;
let companies = 0;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_customer_identity');
});
afterAll(() => api.stop());

beforeEach(async () => {
  companies += 1;
  desk = await createDesk(api.database, `acme${companies}`);
  bo = await api.tokenFor(desk, desk.bo);
  path = `/customers/${desk.customer}`;
  await customerWrote(desk, 1, { subject: 'Lamp', text: 'Hello' });
});

/** Another customer with a ticket of their own, number 2. */
async function tom(): Promise<string> {
  const id = `${desk.company}-tom`;
  await desk.in(async (trx) => {
    const made = new Date('2024-03-01T09:00:00Z');
    const row = { company: desk.company, id, name: 'Tom Ashworth', email: STUDIO };
    await trx('customer').insert({ ...row, created_at: made });
    await trx('customer_address').insert({ company: desk.company, address: STUDIO, customer: id });
  });
  await customerWrote({ ...desk, customer: id }, 2, { subject: 'Screws', text: 'Hello' });
  return id;
}

const address = (text: string) => `${path}/addresses/${encodeURIComponent(text)}`;
const customerOf = async (number: number) =>
  (await api.call(bo, 'GET', `/tickets/${number}`)).body.customer;

test('a second address is added, answers are moved to it, and the first one removed', async () => {
  const added = await api.call(bo, 'PUT', address('Eleanor@HughesStudio.test'));
  expect(added).toMatchObject({ status: 200, body: { email: MAIN, addresses: [MAIN, STUDIO] } });
  expect((await api.call(bo, 'DELETE', address(MAIN))).body).toMatchObject({
    status: 409,
    code: 'not_allowed',
  });
  expect((await api.call(bo, 'PATCH', path, { email: STUDIO })).body.email).toBe(STUDIO);
  const removed = await api.call(bo, 'DELETE', address(MAIN));
  expect(removed.body).toMatchObject({ email: STUDIO, addresses: [STUDIO] });
  expect(await desk.in((trx) => findAuthor(trx, MAIN))).toMatchObject({ customer: null });
});

test('an address that somebody else has is refused with their name', async () => {
  const other = await tom();
  const refused = await api.call(bo, 'PUT', address(STUDIO));
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'already_exists',
    customer: other,
    name: 'Tom Ashworth',
  });
  expect((await api.call(bo, 'PUT', address('no address'))).status).toBe(400);
});

test('somebody known by nothing but the address becomes part of its customer', async () => {
  const stranger = await desk.in((trx) => customerByAddress(trx, STUDIO, 'E. Hughes'));
  expect((await api.call(bo, 'PUT', address(STUDIO))).body.addresses).toEqual([MAIN, STUDIO]);
  expect((await api.call(bo, 'GET', `/customers/${stranger}`)).body.id).toBe(desk.customer);
});

test('two customers become one: tickets, addresses, notes, and mail from then on', async () => {
  const other = await tom();
  await api.call(bo, 'POST', `/customers/${other}/notes`, { text: 'Pays late.' });
  const merged = await api.call(bo, 'POST', `${path}/merge`, { customer: other });
  expect(merged).toMatchObject({
    status: 200,
    body: {
      id: desk.customer,
      name: 'Eleanor Hughes',
      email: MAIN,
      addresses: [MAIN, STUDIO],
      createdAt: '2024-03-01T09:00:00.000Z',
      tickets: 2,
      notes: [{ text: 'Pays late.' }],
    },
  });
  expect(await customerOf(2)).toMatchObject({ id: desk.customer, addresses: [MAIN, STUDIO] });
  expect(await desk.in((trx) => findAuthor(trx, STUDIO))).toMatchObject({
    customer: desk.customer,
  });
  // What was written under the old id is found under the new one.
  const hit = await desk.in((trx) => findByMessageIds(trx, ['first-2@brightmail.test']));
  expect(hit).toEqual({ ticket: 2, customer: desk.customer });
  const found = await api.call(bo, 'GET', '/customers?q=ashworth');
  expect(found.body.items).toEqual([]);
  const listed = await api.call(bo, 'GET', `/tickets?view=all&customer=${other}`);
  expect(listed.body.items).toHaveLength(2);
  const again = await api.call(bo, 'POST', `${path}/merge`, { customer: other });
  expect(again).toMatchObject({ status: 200, body: { id: desk.customer, tickets: 2 } });
});

test('a merge says who did it and when, on the customer and in the audit log', async () => {
  const other = await tom();
  await api.call(bo, 'POST', `${path}/merge`, { customer: other });
  const merge = () => api.call(bo, 'POST', `${path}/merge`, { customer: other });
  expect((await merge()).body.merged).toMatchObject([
    { id: other, name: 'Tom Ashworth', at: expect.any(String), by: { id: desk.bo } },
  ]);
  const stranger = await desk.in((trx) => customerByAddress(trx, 'e@studio.test', 'E. Hughes'));
  await api.call(bo, 'PUT', address('e@studio.test'));
  expect((await api.call(bo, 'GET', path)).body.merged).toMatchObject([
    { id: stranger, name: 'E. Hughes', by: { name: 'Bo Lindqvist' } },
    { id: other },
  ]);
  const anna = await api.tokenFor(desk, desk.anna);
  const { body: log } = await api.call(anna, 'GET', '/audit?what=customer');
  const told = { act: 'merged', actor: { id: desk.bo }, subject: desk.customer };
  expect(log.items).toMatchObject([{ ...told, name: 'Eleanor Hughes' }]);
  const kept = await desk.in((trx) => trx('audit_entry').select('name'));
  expect(kept).toEqual([{ name: null }]);
});

test('a note that is written during a merge belongs to the one who is left', async () => {
  const other = await tom();
  let noting: Promise<{ status: number }> | undefined;
  await desk.in(async (trx) => {
    await trx('customer').where({ id: other }).forUpdate().first('id');
    noting = api.call(bo, 'POST', `/customers/${other}/notes`, { text: 'Pays late.' });
    await locksWaitedFor();
    await trx('customer').where({ id: other }).update({ merged_into: desk.customer });
  });
  expect(await noting).toMatchObject({ status: 201 });
  expect((await api.call(bo, 'GET', path)).body.notes).toMatchObject([{ text: 'Pays late.' }]);
});

test('automatic mail to any address of a customer counts for the next one', async () => {
  const other = await tom();
  await desk.in(async (trx) => {
    const mail = { company: desk.company, ticket: 2, direction: 'out', kind: 'summary' };
    const row = { ...mail, recipients: [STUDIO], subject: 'Done', text: 'Done', snippet: 'Done' };
    for (let at = 0; at < SUMMARIES_MAX; at += 1) {
      await trx('message').insert({ ...row, id: `summary-${at}`, message_id: `${at}@acme.test` });
    }
  });
  const skipped = async () => (await api.call(bo, 'GET', '/tickets/1/summary')).body.skipped;
  expect(await skipped()).toBeNull();
  await api.call(bo, 'POST', `${path}/merge`, { customer: other });
  expect(await skipped()).toBe('too_many');
});

test('a customer that was merged before follows into the next one', async () => {
  const other = await tom();
  await desk.in((trx) =>
    trx('customer').insert({ company: desk.company, id: 'third', name: 'Third', email: '' }),
  );
  await api.call(bo, 'POST', `${path}/merge`, { customer: other });
  await api.call(bo, 'POST', '/customers/third/merge', { customer: desk.customer });
  for (const id of [other, desk.customer, 'third']) {
    const { body } = await api.call(bo, 'GET', `/customers/${id}`);
    expect(body).toMatchObject({ id: 'third', email: MAIN, addresses: [MAIN, STUDIO] });
  }
  expect((await api.call(bo, 'POST', `${path}/merge`, { customer: desk.customer })).status).toBe(
    400,
  );
  expect((await api.call(bo, 'POST', `${path}/merge`, { customer: 'nobody' })).status).toBe(404);
});

test('read tables that are rebuilt after a merge have the same rows', async () => {
  const other = await tom();
  await api.call(bo, 'POST', `${path}/merge`, { customer: other });
  const rows = () => desk.in((trx) => trx('ticket').select('*').orderBy('number'));
  const before = await rows();
  expect(before.map((row: { customer: string }) => row.customer)).toEqual([
    desk.customer,
    desk.customer,
  ]);
  await rebuildProjection(api.database, desk.company);
  expect(await rows()).toEqual(before);
  await desk.in((trx) => trx('ticket').delete());
  await rebuildProjection(api.database, desk.company);
  expect(await rows()).toEqual(before);
});

test('a merge waits for a mail that is being taken from either address', async () => {
  const other = await tom();
  let merging: Promise<{ status: number }> | undefined;
  let merged = false;
  await desk.in(async (trx) => {
    // As intake does: the lock of the sender first, then who that is.
    await lockKeys(trx, [senderLock(desk.company, STUDIO)]);
    merging = api.call(bo, 'POST', `${path}/merge`, { customer: other });
    void merging.then(() => (merged = true));
    await locksWaitedFor();
    expect(await findAuthor(trx, STUDIO)).toMatchObject({ customer: other });
    expect(merged).toBe(false);
  });
  expect(await merging).toMatchObject({ status: 200 });
  expect(await desk.in((trx) => findAuthor(trx, STUDIO))).toMatchObject({
    customer: desk.customer,
  });
});

test('a ticket that is made during a merge belongs to the one who is left', async () => {
  const other = await tom();
  await desk.in((trx) => trx('ticket').where({ number: 2 }).delete());
  const merging: Promise<unknown>[] = [];
  await desk.in(async (trx) => {
    await trx('customer').where({ id: other }).forUpdate().first('id');
    merging.push(rebuildProjection(api.database, desk.company));
    await locksWaitedFor();
    await trx('customer').where({ id: other }).update({ merged_into: desk.customer });
  });
  await Promise.all(merging);
  expect(await customerOf(2)).toMatchObject({ id: desk.customer });
  const folded = await desk.in((trx) => lockTicket(trx, 2));
  expect(folded?.customer).toBe(desk.customer);
});

/** Resolves when somebody waits for a lock that another transaction holds. */
async function locksWaitedFor(): Promise<void> {
  for (;;) {
    const waits = await api.database.withCompany(desk.company, async (trx) => {
      const { rows } = await trx.raw('select count(*)::int as n from pg_locks where not granted');
      return Number(rows[0].n);
    });
    if (waits > 0) return;
  }
}

test('one’s own note about a customer is changed and deleted, not that of others', async () => {
  const made = await api.call(bo, 'POST', `${path}/notes`, { text: 'Pays by card.' });
  const note = `${path}/notes/${made.body.id}`;
  const anna = await api.tokenFor(desk, desk.anna);
  expect((await api.call(anna, 'PATCH', note, { text: 'No.' })).status).toBe(404);
  expect((await api.call(anna, 'DELETE', note)).status).toBe(404);
  const changed = await api.call(bo, 'PATCH', note, { text: 'Pays by invoice.' });
  expect(changed.body).toMatchObject({ text: 'Pays by invoice.', editedAt: expect.any(String) });
  expect((await api.call(bo, 'DELETE', note)).status).toBe(204);
  expect((await api.call(bo, 'GET', path)).body.notes).toEqual([]);
});

test('the summary is shown word for word before it is sent, or why it would not be', async () => {
  const shown = await api.call(bo, 'GET', '/tickets/1/summary');
  expect(shown).toMatchObject({
    status: 200,
    body: { to: MAIN, subject: expect.stringContaining('Lamp'), skipped: null },
  });
  expect(shown.body.text).toContain('Hello Eleanor Hughes');
  await desk.in((trx) => trx('message').update({ automatic: true }));
  const automatic = await api.call(bo, 'GET', '/tickets/1/summary');
  expect(automatic.body.skipped).toBe('automatic_sender');
  await desk.in((trx) => trx('customer').update({ email: '' }));
  expect((await api.call(bo, 'GET', '/tickets/1/summary')).body.skipped).toBe('no_address');
});
