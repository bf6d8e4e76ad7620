import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_reading');
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  await customerWrote(desk, 1, { subject: 'Lumen 40 pendant', text: 'It is cracked.' });
  await customerWrote(desk, 2, { subject: 'Invoice', text: 'Too much.', team: desk.billing });
  await customerWrote(desk, 3, { subject: 'Screws', text: 'Eight short.', team: desk.support });
  await customerWrote(desk, 4, { subject: '100% walnut', text: 'Feels rough.' });
  const byBo = { kind: 'agent', id: desk.bo } as const;
  await happen(desk, 1, [
    { by: byBo, event: { type: 'claimed', agent: desk.bo, from: null } },
    { by: byBo, event: { type: 'invited', agent: desk.anna } },
  ]);
  await happen(desk, 3, [
    { by: byBo, event: { type: 'claimed', agent: desk.bo, from: null } },
    {
      by: byBo,
      event: {
        type: 'pended',
        until: '2030-01-02T09:00:00.000Z',
        reason: null,
        agent: desk.bo,
      },
    },
  ]);
  await happen(desk, 4, [
    { by: byBo, event: { type: 'claimed', agent: desk.bo, from: null } },
    {
      by: byBo,
      event: {
        type: 'solved',
        kind: 'agent',
        agent: desk.bo,
        summary: false,
        summarySkipped: null,
        closeAt: '2030-02-02T09:00:00.000Z',
      },
    },
  ]);
});

afterAll(() => api.stop());

const numbers = (answer: { body: { items: { number: number }[] } }): number[] =>
  answer.body.items.map((item) => item.number);

describe('views', () => {
  test('each agent sees the tickets that concern them, in lists and in counts', async () => {
    const seen = async (token: string) => {
      const views = ['open', 'new', 'team', 'pending', 'solved', 'all'];
      const lists = views.map(async (view) => [
        view,
        numbers(await api.call(token, 'GET', `/tickets?view=${view}`)),
      ]);
      return Object.fromEntries(await Promise.all(lists));
    };
    expect(await seen(bo)).toEqual({
      open: [1],
      new: [2],
      team: [],
      pending: [3],
      solved: [4],
      all: [4, 3, 2, 1],
    });
    expect(await seen(anna)).toEqual({
      open: [1],
      new: [],
      team: [],
      pending: [],
      solved: [4],
      all: [4, 3, 2, 1],
    });
    const counts = await api.call(bo, 'GET', '/views');
    expect(counts.body).toEqual({
      open: 1,
      new: 1,
      team: 0,
      pending: 1,
      parked: 0,
      notDelivered: 0,
    });
  });

  test('Team shows what others have open in my teams, without what I take part in', async () => {
    const byBo = { kind: 'agent', id: desk.bo } as const;
    await customerWrote(desk, 21, { subject: 'Mine too', text: 'Hello', team: desk.support });
    await customerWrote(desk, 22, { subject: 'Strange team', text: 'Hello', team: desk.billing });
    for (const number of [21, 22]) {
      await happen(desk, number, [
        { by: byBo, event: { type: 'claimed', agent: desk.bo, from: null } },
      ]);
    }
    expect(numbers(await api.call(anna, 'GET', '/tickets?view=team'))).toEqual([21]);
    expect(numbers(await api.call(bo, 'GET', '/tickets?view=team'))).toEqual([]);
    await happen(desk, 21, [{ by: byBo, event: { type: 'invited', agent: desk.anna } }]);
    expect(numbers(await api.call(anna, 'GET', '/tickets?view=team'))).toEqual([]);
    expect(numbers(await api.call(anna, 'GET', '/tickets?view=open'))).toEqual([21, 1]);
    await desk.in(async (trx) => {
      await trx('ticket').whereIn('number', [21, 22]).delete();
    });
  });

  test('an item has exactly the shape of the contract', async () => {
    const { body } = await api.call(bo, 'GET', '/tickets?view=open');
    expect(body.items[0]).toEqual({
      number: 1,
      subject: 'Lumen 40 pendant',
      state: 'open',
      closed: false,
      customer: { id: desk.customer, name: 'Eleanor Hughes', email: 'eleanor@brightmail.test' },
      owner: { id: desk.bo, name: 'Bo Lindqvist' },
      team: null,
      participants: [{ id: desk.anna, name: 'Anna Berg' }],
      labels: [],
      snippet: 'It is cracked.',
      unread: true,
      turn: 'ours',
      waitingSince: '2026-11-19T18:02:00.000Z',
      createdAt: '2026-11-19T18:01:00.000Z',
      lastMessageAt: '2026-11-19T18:02:00.000Z',
      pendingUntil: null,
      autoSolveAt: null,
      solvedAt: null,
      solvedBy: null,
      undelivered: null,
    });
    const solved = await api.call(bo, 'GET', '/tickets?view=solved');
    expect(solved.body.items[0].solvedBy).toEqual({
      kind: 'agent',
      id: desk.bo,
      name: 'Bo Lindqvist',
    });
  });
});

describe('lists', () => {
  test('pages of every size add up to the whole list, in both orders', async () => {
    for (const sort of ['newest', 'waiting']) {
      const whole = numbers(await api.call(bo, 'GET', `/tickets?sort=${sort}`));
      for (const limit of [1, 2, 3]) {
        const found: number[] = [];
        let cursor = '';
        do {
          const path = `/tickets?sort=${sort}&limit=${limit}${cursor && `&cursor=${cursor}`}`;
          const page = await api.call(bo, 'GET', path);
          found.push(...numbers(page));
          cursor = page.body.nextCursor ?? '';
        } while (cursor !== '');
        expect(found).toEqual(whole);
      }
    }
  });

  test('the longest waiting come first, and then the ones whose turn it is not', async () => {
    expect(numbers(await api.call(bo, 'GET', '/tickets?sort=waiting'))).toEqual([1, 2, 3, 4]);
  });

  test('a cursor of another order, or made up, is refused', async () => {
    const page = await api.call(bo, 'GET', '/tickets?limit=1');
    const other = await api.call(bo, 'GET', `/tickets?sort=waiting&cursor=${page.body.nextCursor}`);
    expect(other.status).toBe(400);
    for (const cursor of ['x', 'WyJuZXdlc3QiLCJub3doZXJlIiwxXQ', 'bnVsbA']) {
      const answer = await api.call(bo, 'GET', `/tickets?cursor=${cursor}`);
      expect(answer.body).toMatchObject({ status: 400, code: 'validation' });
    }
  });

  test('filters narrow the list, and every word has to be found', async () => {
    const found = async (query: string) => numbers(await api.call(bo, 'GET', `/tickets?${query}`));
    expect(await found('q=cracked')).toEqual([1]);
    expect(await found('q=eleanor+too')).toEqual([2]);
    expect(await found('q=%2333')).toEqual([]);
    expect(await found('q=%233')).toEqual([3]);
    expect(await found('q=100%25')).toEqual([4]);
    expect(await found('q=1_0')).toEqual([]);
    expect(await found(`team=${desk.billing}`)).toEqual([2]);
    expect(await found(`owner=${desk.bo}`)).toEqual([4, 3, 1]);
    expect(await found(`solver=${desk.bo}`)).toEqual([4]);
    expect(await found(`customer=${desk.customer}&number=3`)).toEqual([3]);
    expect(await found('createdFrom=2026-11-19T22:00:00Z')).toEqual([4]);
    expect(await found('team=nobody')).toEqual([]);
  });

  test('a limit above the largest page is clamped, and one below one is refused', async () => {
    expect((await api.call(bo, 'GET', '/tickets?limit=5000')).status).toBe(200);
    expect((await api.call(bo, 'GET', '/tickets?limit=0')).status).toBe(400);
    expect((await api.call(bo, 'GET', '/tickets?limit=many')).status).toBe(400);
  });

  test('an unknown query parameter is refused by its name', async () => {
    const answer = await api.call(bo, 'GET', '/tickets?colour=red');
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('colour');
  });
});

describe('a ticket', () => {
  test('shows its customer, mailbox and where the newest mail came from', async () => {
    const { status, body } = await api.call(bo, 'GET', '/tickets/1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number: 1,
      customer: { ip: '203.0.113.84', addresses: ['eleanor@brightmail.test'] },
      mailbox: { address: 'support@acme.test' },
      followUpOf: null,
      followUps: [],
    });
  });

  test('that does not exist is not found, whatever the number looks like', async () => {
    for (const number of ['99', '0', 'x', '99999999999']) {
      const answer = await api.call(bo, 'GET', `/tickets/${number}`);
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
    }
  });
});

describe('the ledger', () => {
  test('finds mails by outcome and by words, newest first', async () => {
    const all = await api.call(bo, 'GET', '/mails');
    expect(all.body.items[0]).toMatchObject({
      messageId: 'first-22@brightmail.test',
      from: { name: 'Eleanor Hughes', email: 'eleanor@brightmail.test' },
      outcome: 'new_ticket',
      automatic: false,
      ticket: null,
    });
    const some = await api.call(bo, 'GET', '/mails?outcome=new_ticket&q=first-3&limit=1');
    expect(some.body.items.map((mail: { ticket: number }) => mail.ticket)).toEqual([3]);
    expect((await api.call(bo, 'GET', '/mails?outcome=parked')).body.items).toEqual([]);
    expect((await api.call(bo, 'GET', '/mails?outcome=lost')).status).toBe(400);
  });

  test('gives the raw mail as it came, to be saved and not shown', async () => {
    const bytes = Buffer.from('Subject: x\r\n\r\n<script>alert(1)</script>\r\n');
    const { hash, size } = await api.blobs.put(bytes);
    await desk.in(async (trx) => {
      const row = { raw_hash: hash, raw_bytes: size };
      await trx('mail').where({ id: 'acme-mail-1' }).update(row);
    });
    const answer = await api.call(bo, 'GET', '/mails/acme-mail-1/raw');
    expect(answer.text).toBe(bytes.toString());
    expect(answer.headers).toMatchObject({
      'content-type': 'message/rfc822',
      'content-disposition': 'attachment; filename="mail-acme-mail-1.eml"',
      'x-content-type-options': 'nosniff',
    });
  });

  test('says so when the file of a mail is gone', async () => {
    const answer = await api.call(bo, 'GET', '/mails/acme-mail-2/raw');
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
    expect(answer.body.detail).toContain('backup');
  });
});
