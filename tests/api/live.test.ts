import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { listenToChanges } from '../../database/listen.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;
let stranger: string;
let address: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_live', {
    workflows: recordingWorkflows,
    listen: (url) => listenToChanges(url, () => undefined),
  });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  const other = await createDesk(api.database, 'globex');
  stranger = await api.tokenFor(other, other.anna);
  await customerWrote(desk, 1, { subject: 'Lumen 40', text: 'It is cracked.' });
  address = await api.app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => api.stop());

interface News {
  event: string;
  data: unknown;
}

/** What an agent's browser has been told so far. */
async function follow(token: string): Promise<{ news: News[]; stop: () => void }> {
  const aborter = new AbortController();
  const answer = await fetch(`${address}/api/v1/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: aborter.signal,
  });
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const news: News[] = [];
  const read = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
        if (event && data) news.push({ event, data: JSON.parse(data) });
      }
    }
  };
  read().catch(() => undefined);
  return { news, stop: () => aborter.abort() };
}

test('agents hear of changes, counts, reminders and colleagues of their company', async () => {
  const atAnnas = await follow(anna);
  const atStrangers = await follow(stranger);
  await expect
    .poll(() => atAnnas.news)
    .toContainEqual({
      event: 'counts',
      data: { open: 0, new: 1, team: 0, pending: 0, parked: 0, notDelivered: 0 },
    });

  await api.call(bo, 'POST', '/tickets/1/claim');
  const changed = { event: 'ticket.changed', data: { number: 1, seq: 3 } };
  await expect.poll(() => atAnnas.news).toContainEqual(changed);
  await expect
    .poll(() => atAnnas.news)
    .toContainEqual({
      event: 'counts',
      data: { open: 0, new: 0, team: 1, pending: 0, parked: 0, notDelivered: 0 },
    });

  await api.call(bo, 'PUT', `/tickets/1/participants/${desk.anna}`);
  await expect
    .poll(() => atAnnas.news)
    .toContainEqual({
      event: 'reminder',
      data: expect.objectContaining({ kind: 'invited', number: 1 }),
    });

  await api.call(bo, 'PUT', '/tickets/1/presence', { doing: 'typing' });
  await expect
    .poll(() => atAnnas.news)
    .toContainEqual({
      event: 'presence',
      data: { number: 1, agent: { id: desk.bo, name: 'Bo Lindqvist' }, doing: 'typing' },
    });

  expect(atStrangers.news.filter(({ event }) => event !== 'counts')).toEqual([]);
  atAnnas.stop();
  atStrangers.stop();
});

test('streams need a signed-in agent, and do not hold up stopping', async () => {
  expect((await fetch(`${address}/api/v1/events`)).status).toBe(401);
  const { news } = await follow(bo);
  await expect.poll(() => news.length).toBeGreaterThan(0);
});
