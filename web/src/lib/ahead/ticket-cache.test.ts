import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client.ts';
import { TicketCache } from './ticket-cache.ts';

let asked: string[];
let away: boolean;
let api: ApiClient;
let cache: TicketCache;

beforeEach(() => {
  asked = [];
  away = false;
  cache = new TicketCache();
  api = new ApiClient((input) => {
    const path = typeof input === 'string' ? input : '';
    asked.push(path);
    if (away) return Promise.reject(new TypeError('no network'));
    const answer = path.includes('timeline') ? { items: [], nextCursor: null } : { items: [] };
    return Promise.resolve(new Response(JSON.stringify({ number: 7, ...answer })));
  });
});

const asksForTicket = () => asked.filter((path) => path.endsWith('/tickets/7')).length;

describe('tickets that are loaded ahead', () => {
  it('are loaded once, and handed to the page that opens', async () => {
    cache.ahead(api, 7);
    const { loaded } = await cache.take(api, 7);
    expect(loaded.ticket.number).toBe(7);
    expect(asksForTicket()).toBe(1);
  });

  it('are only read: nothing tells the server that somebody looked', async () => {
    await cache.take(api, 7);
    expect(asked.some((path) => path.endsWith('/read'))).toBe(false);
  });

  it('are loaded anew after news', async () => {
    await cache.take(api, 7);
    cache.forget(7);
    await cache.take(api, 7);
    expect(asksForTicket()).toBe(2);
  });

  it('that could not be loaded are tried again when they are opened', async () => {
    away = true;
    cache.ahead(api, 7);
    await expect(cache.take(api, 7)).rejects.toMatchObject({ code: 'offline' });
    away = false;
    await expect(cache.take(api, 7)).resolves.toMatchObject({ loaded: { ticket: { number: 7 } } });
  });

  it('make room for others, the oldest first', async () => {
    await cache.take(api, 7);
    for (let number = 100; number < 140; number++) await cache.take(api, number);
    await cache.take(api, 7);
    expect(asksForTicket()).toBe(2);
  });
});
