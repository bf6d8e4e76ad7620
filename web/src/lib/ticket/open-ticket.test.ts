import { beforeEach, describe, expect, it, vi } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { ticketItem } from '../../../tests/ticket-item.ts';
import { TicketCache } from '../ahead/ticket-cache.ts';
import { ApiClient } from '../api/client.ts';
import { OpenTicket } from './open-ticket.svelte.ts';

// Runes are the compiler's: here a state is simply what it holds.
vi.stubGlobal(
  '$state',
  Object.assign(<T>(value: T) => value, { raw: <T>(value: T) => value }),
);

/** What the server knows, and the answers that it holds back until a test gives them. */
let subject: string;
let held: (() => void)[];
let page: OpenTicket;

beforeEach(() => {
  subject = 'A lamp';
  held = [];
  const api = new ApiClient((input) => {
    const path = typeof input === 'string' ? input : '';
    const ticket = ticketItem({ number: 7, subject });
    const body = path.endsWith('/tickets/7') ? ticket : { items: [], nextCursor: null };
    const answer = new Response(JSON.stringify(body));
    if (!path.endsWith('/tickets/7')) return Promise.resolve(answer);
    return new Promise((resolve) => held.push(() => resolve(answer)));
  });
  const loaded = { ticket: ticketItem({ number: 7, subject }), entries: [], next: [] };
  page = new OpenTicket(api, { loaded, at: 0 }, new TicketCache(), english);
});

const renamed = async (): Promise<void> => {
  subject = 'A new lamp';
  return Promise.resolve();
};

const hoped = (ticket: { subject: string }) => ({ ...ticketItem(), subject: ticket.subject });

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('what is hoped for', () => {
  it('stays until what fulfils it is loaded, also when news come meanwhile', async () => {
    const seen: string[] = [];
    const look = () => seen.push(page.ticket.subject);
    const done = page.attempt('subject', renamed, (ticket) =>
      hoped({ ...ticket, subject: 'Hoped' }),
    );
    await settle();
    void page.refresh();
    await settle();
    look();
    held[0]?.();
    await settle();
    look();
    held[1]?.();
    await done;
    look();
    expect(seen).toEqual(['Hoped', 'Hoped', 'A new lamp']);
  });

  it('leaves the other part busy when one is done', async () => {
    const first = page.attempt('one', renamed);
    let end = () => {};
    void page.attempt('two', () => new Promise<void>((resolve) => (end = resolve)));
    await settle();
    for (const answer of held.splice(0)) answer();
    await first;
    expect([page.isBusy('one'), page.isBusy('two')]).toEqual([false, true]);
    end();
  });
});
