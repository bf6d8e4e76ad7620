import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';

import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
/** An admin, an agent, and an admin of another company. */
let anna: string;
let bo: string;
let stranger: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_saved_views');
  desk = await createDesk(api.database, 'acme');
  const globex = await createDesk(api.database, 'globex');
  [anna, bo, stranger] = await Promise.all([
    api.tokenFor(desk, desk.anna),
    api.tokenFor(desk, desk.bo),
    api.tokenFor(globex, globex.anna),
  ]);
  await customerWrote(desk, 1, { subject: 'One', text: 'Hello', team: desk.billing });
  await customerWrote(desk, 2, { subject: 'Two', text: 'Hello' });
});

afterAll(() => api.stop());

beforeEach(() => desk.in((trx) => trx('saved_view').delete()));

const save = async (token: string, body: object = {}): Promise<string> => {
  const whole = { name: 'View', view: 'new', query: {}, ...body };
  const { status, body: made } = await api.call(token, 'POST', '/saved-views', whole);
  expect(status).toBe(201);
  return made.id;
};

const names = async (token: string): Promise<string[]> => {
  const { body } = await api.call(token, 'GET', '/saved-views');
  return body.items.map((view: { name: string }) => view.name);
};

describe('saved views', () => {
  test('keep the filters of a list, and count its tickets as the asker sees them', async () => {
    const query = { sort: 'waiting', team: desk.billing, label: [], unread: true };
    await save(bo, { name: ' Billing ', query, shared: true });
    const { body } = await api.call(bo, 'GET', '/saved-views');
    expect(body.items[0]).toMatchObject({
      name: 'Billing',
      shared: true,
      agent: { id: desk.bo, name: 'Bo Lindqvist' },
      view: 'new',
      query,
      count: 1,
    });
    // Anna is in no team that has this ticket.
    const hers = await api.call(anna, 'GET', '/saved-views');
    expect(hers.body.items[0].count).toBe(0);
  });

  test('that look for words are not counted', async () => {
    const id = await save(bo, { view: 'all', query: { q: 'hello' } });
    expect((await api.call(bo, 'GET', `/saved-views/${id}`)).body.count).toBe(null);
  });

  test('refuse filters that no list has', async () => {
    for (const query of [{ colour: 'red' }, { createdFrom: 'yesterday' }, { number: '7' }]) {
      const answer = await api.call(bo, 'POST', '/saved-views', { name: 'x', view: 'new', query });
      expect(answer.status).toBe(400);
    }
  });

  test('are one’s own until shared, and only their owner or an admin changes them', async () => {
    const id = await save(bo, { name: 'Mine' });
    expect([await names(bo), await names(anna), await names(stranger)]).toEqual([['Mine'], [], []]);
    expect((await api.call(anna, 'PATCH', `/saved-views/${id}`, { name: 'x' })).status).toBe(404);
    await api.call(bo, 'PATCH', `/saved-views/${id}`, { shared: true });
    expect(await names(anna)).toEqual(['Mine']);
    await api.call(anna, 'PATCH', `/saved-views/${id}`, { name: 'Ours' });
    expect(await names(bo)).toEqual(['Ours']);

    const hers = await save(anna, { name: 'Hers', shared: true });
    expect((await api.call(bo, 'PATCH', `/saved-views/${hers}`, { name: 'x' })).status).toBe(403);
    expect((await api.call(bo, 'DELETE', `/saved-views/${hers}`)).status).toBe(403);
    expect((await api.call(anna, 'DELETE', `/saved-views/${hers}`)).status).toBe(204);
    expect(await names(bo)).toEqual(['Ours']);
  });

  test('of another company are not there', async () => {
    const id = await save(bo, { shared: true });
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined;
      expect((await api.call(stranger, method, `/saved-views/${id}`, body)).status).toBe(404);
    }
    expect(await names(bo)).toEqual(['View']);
  });

  test('stand in the order that each agent gives them, the new ones last', async () => {
    const [a, b] = [await save(bo, { name: 'A', shared: true }), await save(bo, { name: 'B' })];
    await api.call(bo, 'PUT', '/saved-views/order', { views: [b, a] });
    await save(bo, { name: 'C' });
    expect(await names(bo)).toEqual(['B', 'A', 'C']);
    expect(await names(anna)).toEqual(['A']);
    const unknown = await api.call(anna, 'PUT', '/saved-views/order', { views: [b] });
    expect(unknown.status).toBe(404);
  });
});
