import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually } from './eventually.ts';
import { newTicket } from './letters.ts';
import { contract } from './product.ts';

interface LiveEvent {
  event: string;
  // What an event tells is looked at as it comes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data: any;
}

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;
const streams: AbortController[] = [];

beforeAll(async () => {
  desk = await newCompany('live');
  [anna, bo] = await Promise.all([desk.agent('Anna'), desk.agent('Bo')]);
});
afterAll(() => streams.forEach((stream) => stream.abort()));

async function cookieOf({ email, password }: SignedInAgent): Promise<string> {
  const answer = await fetch(`${contract.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** What an agent's browser hears from now on. */
async function listen(headers: Record<string, string>) {
  const abort = new AbortController();
  streams.push(abort);
  const answer = await fetch(`${contract.url}/api/v1/events`, {
    headers,
    signal: abort.signal,
  });
  const events: LiveEvent[] = [];
  if (answer.body && answer.ok) void collect(answer.body, events).catch(() => undefined);
  const heard = (event: string, fits: (data: LiveEvent['data']) => boolean = () => true) =>
    eventually(event, async () => events.find((one) => one.event === event && fits(one.data)));
  return { answer, events, heard };
}

async function collect(body: ReadableStream<Uint8Array>, events: LiveEvent[]): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event !== undefined && data !== undefined) events.push({ event, data: JSON.parse(data) });
    }
  }
}

describe('GET /events', () => {
  test('is a stream of server-sent events, for those who are signed in', async () => {
    const { answer } = await listen({ cookie: await cookieOf(anna) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(answer.headers.get('cache-control')).toMatch(/no-store|no-cache/);
    expect((await listen({})).answer.status).toBe(401);
  });

  test('tells ticket.changed and counts when a mail comes in', async () => {
    const { heard } = await listen({ cookie: await cookieOf(anna) });
    const before = (await anna.done('GET', '/views')).body.new;
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    await heard('ticket.changed', (data) => data.number === number);
    await heard('counts', (data) => data.new === before + 1);
  });

  test('tells a reminder to its agent only', async () => {
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    const [annas, bos] = await Promise.all(
      [anna, bo].map(async (who) => listen({ cookie: await cookieOf(who) })),
    );
    await anna.done('POST', `/tickets/${number}/assign`, { agent: bo.id });
    await bos?.heard('reminder', (data) => data.number === number && data.kind === 'assigned');
    expect(annas?.events.filter(({ event }) => event === 'reminder')).toEqual([]);
  });

  test('tells presence to colleagues', async () => {
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    const { heard } = await listen({ cookie: await cookieOf(bo) });
    await anna.done('PUT', `/tickets/${number}/presence`, { doing: 'typing' });
    const told = await heard('presence');
    expect(told.data).toMatchObject({
      number,
      agent: { id: anna.id, name: 'Anna' },
      doing: 'typing',
    });
  });

  test('tells nothing of another company', async () => {
    const other = await newCompany('live-other');
    const { events, heard } = await listen({ cookie: await cookieOf(anna) });
    await newTicket(other.admin, { to: other.mailbox.address });
    const known = events.filter(({ event }) => event === 'ticket.changed').length;
    const number = await newTicket(desk.admin, { to: desk.mailbox.address });
    await heard('ticket.changed', (data) => data.number === number);
    expect(known).toBe(0);
  });
});
