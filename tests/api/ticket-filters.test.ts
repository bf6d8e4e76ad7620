import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let bo: string;

const HOUR_MS = 3_600_000;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_ticket_filters');
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  const { company } = desk;
  await desk.in(async (trx) => {
    const address = 'billing@acme.test';
    await trx('mailbox').insert({ company, id: 'acme-second', address, name: 'Billing' });
    await trx('label').insert([
      { company, id: 'acme-damaged', name: 'damaged' },
      { company, id: 'acme-lamp', name: 'lamp' },
    ]);
    const email = 'jonas@posten.test';
    await trx('customer').insert({ company, id: 'acme-jonas', name: 'Jonas Ek', email });
    const second = 'jonas.ek@hem.test';
    await trx('customer_address').insert({ company, address: second, customer: 'acme-jonas' });
  });
  await customerWrote(desk, 1, { subject: 'Lumen 40', text: 'The rim of ticket 4 is cracked.' });
  await customerWrote({ ...desk, mailbox: 'acme-second' }, 2, { subject: 'Invoice', text: 'Hi' });
  await customerWrote(desk, 3, { subject: 'Screws', text: `${'Long '.repeat(60)}short screws` });
  await customerWrote(desk, 4, { subject: 'Walnut', text: 'Feels rough.' });
  const byBo = { kind: 'agent', id: desk.bo } as const;
  const labelled = (label: string) => ({ by: byBo, event: { type: 'labelled', label } as const });
  await happen(desk, 1, [labelled('acme-damaged'), labelled('acme-lamp')]);
  await happen(desk, 3, [labelled('acme-damaged')]);
  await happen(desk, 4, [{ by: byBo, event: { type: 'claimed', agent: desk.bo, from: null } }]);
});

afterAll(() => api.stop());

const found = async (query: string): Promise<number[]> => {
  const answer = await api.call(bo, 'GET', `/tickets?${query}`);
  return answer.body.items.map((item: { number: number }) => item.number);
};

describe('filters of the list of tickets', () => {
  test('a mailbox is named by its address or its id', async () => {
    expect(await found('mailbox=Billing@acme.test')).toEqual([2]);
    expect(await found('mailbox=acme-second')).toEqual([2]);
    expect(await found('mailbox=nobody@acme.test')).toEqual([]);
  });

  test('of several labels a ticket has all', async () => {
    expect(await found('label=damaged')).toEqual([3, 1]);
    expect(await found('label=damaged&label=acme-lamp')).toEqual([1]);
    expect(await found('label=damaged&label=nothing')).toEqual([]);
  });

  test('states are those of the view, and no others', async () => {
    expect(await found('state=open')).toEqual([4]);
    expect(await found('state=open&state=new')).toEqual([4, 3, 2, 1]);
    expect(await found('view=new&state=open')).toEqual([]);
  });

  test('unread is what the customer wrote and the agent who asks has not seen', async () => {
    const { body } = await api.call(bo, 'GET', '/tickets/2/timeline');
    const seq = Number(body.items.at(-1).id);
    await api.call(bo, 'PUT', '/tickets/2/read', { seq });
    expect(await found('unread=false')).toEqual([2]);
    expect(await found('unread=true')).toEqual([4, 3, 1]);
  });

  test('turn and waiting are told from the first mail that nobody answered', async () => {
    expect(await found('turn=customer')).toEqual([]);
    expect(await found('turn=ours')).toEqual([4, 3, 2, 1]);
    await desk.in(async (trx) => {
      const since = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
      await trx('ticket').update({ waiting_since: since(1) });
      await trx('ticket')
        .where({ number: 3 })
        .update({ waiting_since: since(5) });
    });
    expect(await found('waitingHours=4')).toEqual([3]);
  });

  test('dates of the last message narrow the list, from one on and before another', async () => {
    expect(await found('lastFrom=2026-11-19T20:00:00Z&lastBefore=2026-11-19T22:00:00Z')).toEqual([
      3,
    ]);
  });
});

describe('a search', () => {
  test('for a bare number begins with that ticket, on the first page only', async () => {
    expect(await found('q=1')).toEqual([1]);
    // The mail of ticket 1 has the number too.
    expect(await found('q=4')).toEqual([4, 1]);
    const first = await api.call(bo, 'GET', '/tickets?q=4&limit=2&sort=waiting');
    expect(first.body.items.map((item: { number: number }) => item.number)).toEqual([4, 1]);
    expect(first.body.nextCursor).toBe(null);
    expect(await found('q=%234')).toEqual([4]);
    expect(await found('q=4&view=new')).toEqual([1]);
  });

  test('gives the passage that has the word, cut at words', async () => {
    const { body } = await api.call(bo, 'GET', '/tickets?q=SHORT');
    const [item] = body.items;
    expect(item.passage).toMatch(/^Long Long .*short screws$/);
    expect(item.passage.length).toBeLessThan(80);
  });

  test('gives no passage for what was found by its subject, or without a search', async () => {
    const bySubject = await api.call(bo, 'GET', '/tickets?q=invoice');
    expect(bySubject.body.items[0].passage).toBe(null);
    const list = await api.call(bo, 'GET', '/tickets?limit=1');
    expect(list.body.items[0]).not.toHaveProperty('passage');
  });
});

describe('the list of customers', () => {
  test('finds them by parts of their name and of any of their addresses', async () => {
    const names = async (q: string) => {
      const { body } = await api.call(bo, 'GET', `/customers?q=${encodeURIComponent(q)}`);
      return body.items.map((customer: { name: string }) => customer.name);
    };
    expect(await names('')).toEqual(['Eleanor Hughes', 'Jonas Ek']);
    expect(await names('ek jon')).toEqual(['Jonas Ek']);
    expect(await names('hem.test')).toEqual(['Jonas Ek']);
    expect(await names('100%')).toEqual([]);
  });
});
