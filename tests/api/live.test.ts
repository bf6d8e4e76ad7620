import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';

import { hashPassword } from '../../api/password.ts';
import { SESSION_COOKIE } from '../../api/plugins/authentication.ts';
import { listenToChanges } from '../../database/listen.ts';
import { storeMail } from '../../intake/store-mail.ts';
import type { ArrivedMail } from '../../intake/store-mail.ts';
import { arrivedMail } from './arrived-mail.ts';
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

/** The longest that anybody listens without the right to. */
const RECHECK_MS = 20_000;

beforeAll(async () => {
  // Only a test that asks for it lets the regular looks happen.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
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

afterAll(async () => {
  await api.stop();
  vi.useRealTimers();
});

interface News {
  event: string;
  data: unknown;
}

interface Following {
  /** What an agent's browser has been told so far. */
  news: News[];
  stop: () => void;
  /** Whether the server hung up. */
  isOver: () => boolean;
}

const follow = (token: string) => followWith({ authorization: `Bearer ${token}` });

async function followWith(headers: { [name: string]: string }): Promise<Following> {
  const aborter = new AbortController();
  let isOver = false;
  const answer = await fetch(`${address}/api/v1/events`, { headers, signal: aborter.signal });
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
    isOver = true;
  };
  read().catch(() => undefined);
  return { news, stop: () => aborter.abort(), isOver: () => isOver };
}

/** Signs in as one browser does. */
async function signIn(email: string, password: string): Promise<{ cookie: string }> {
  const url = '/api/v1/session';
  const answer = await api.app.inject({ method: 'POST', url, payload: { email, password } });
  expect(answer.statusCode).toBe(200);
  const value = answer.cookies.find(({ name }) => name === SESSION_COOKIE)?.value ?? '';
  return { cookie: `${SESSION_COOKIE}=${value}` };
}

/** A mail without a sender, whom nobody could answer: it is parked. */
function nobodysMail(): ArrivedMail {
  const raw = Buffer.from('Subject: Screws\r\n\r\nEight short ones.\r\n');
  return arrivedMail(raw, { from: '', mailbox: desk.mailbox, hash: '0'.repeat(64) });
}

const PASSWORD = 'a lamp and eight screws';

async function givePassword(agent: string): Promise<void> {
  const password_hash = await hashPassword(PASSWORD);
  await desk.in((trx) => trx('agent').where({ id: agent }).update({ password_hash }));
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
      data: {
        number: 1,
        agent: { id: desk.bo, name: 'Bo Lindqvist' },
        doing: 'typing',
        since: expect.any(String),
      },
    });

  // Who connects later is told as well who is there.
  const later = await follow(anna);
  await expect
    .poll(() => later.news)
    .toContainEqual({
      event: 'presence',
      data: expect.objectContaining({ number: 1, doing: 'typing' }),
    });
  later.stop();

  expect(atStrangers.news.filter(({ event }) => event !== 'counts')).toEqual([]);
  atAnnas.stop();
  atStrangers.stop();
});

test('streams need a signed-in agent, and do not hold up stopping', async () => {
  expect((await fetch(`${address}/api/v1/events`)).status).toBe(401);
  const { news } = await follow(bo);
  await expect.poll(() => news.length).toBeGreaterThan(0);
});

describe('a stream ends', () => {
  const email = 'bo@acme.test';

  test('at once when its session is signed out, and no other does', async () => {
    await givePassword(desk.bo);
    const [here, there] = [await signIn(email, PASSWORD), await signIn(email, PASSWORD)];
    const [atHere, atThere] = [await followWith(here), await followWith(there)];
    const url = '/api/v1/session';
    await api.app.inject({ method: 'DELETE', url, headers: here });
    await expect.poll(atHere.isOver).toBe(true);
    expect(atThere.isOver()).toBe(false);
    atThere.stop();
  });

  test('at once when its token is revoked', async () => {
    const made = (await api.call(anna, 'POST', '/tokens', { name: 'spare', agent: desk.bo })).body;
    const { isOver } = await follow(made.token);
    await api.call(anna, 'DELETE', `/tokens/${made.id}`);
    await expect.poll(isOver).toBe(true);
  });

  test('at once when its agent is deactivated, though the token goes on existing', async () => {
    const { isOver } = await follow(bo);
    await api.call(anna, 'DELETE', `/agents/${desk.bo}`);
    await expect.poll(isOver).toBe(true);
    await api.call(anna, 'PATCH', `/agents/${desk.bo}`, { active: true });
  });

  test('with the next regular look when its session ran out', async () => {
    await givePassword(desk.bo);
    const { isOver, stop } = await followWith(await signIn(email, PASSWORD));
    const staying = await follow(bo);
    await expect.poll(() => staying.news.length).toBeGreaterThan(0);
    await desk.in((trx) => trx.raw(`update session set expires_at = now() - interval '1 second'`));
    vi.advanceTimersByTime(RECHECK_MS);
    await expect.poll(isOver).toBe(true);
    expect(staying.isOver()).toBe(false);
    staying.stop();
    stop();
  });
});

describe('a new password', () => {
  const another = 'nine screws and no lamp';

  async function sessions() {
    await givePassword(desk.bo);
    const email = 'bo@acme.test';
    return { here: await signIn(email, PASSWORD), there: await signIn(email, PASSWORD) };
  }
  const me = async (headers: { cookie: string }) =>
    (await api.app.inject({ url: '/api/v1/me', headers })).statusCode;

  test('of oneself ends all other sessions and keeps this one', async () => {
    const { here, there } = await sessions();
    const atThere = await followWith(there);
    const url = '/api/v1/me/password';
    const payload = { current: PASSWORD, password: another };
    const answer = await api.app.inject({ method: 'PUT', url, headers: here, payload });
    expect(answer.statusCode).toBe(204);
    expect([await me(here), await me(there)]).toEqual([200, 401]);
    await expect.poll(atThere.isOver).toBe(true);
  });

  test('that an admin gives ends all sessions of the agent', async () => {
    const { here, there } = await sessions();
    await api.call(anna, 'PATCH', `/agents/${desk.bo}`, { password: another });
    expect([await me(here), await me(there)]).toEqual([401, 401]);
  });
});

describe('without a ticket that changes', () => {
  const countsOf = ({ news }: Following) => {
    return news.filter(({ event }) => event === 'counts').at(-1)?.data;
  };

  test('the counts are told when a mail is parked, and when it is deleted', async () => {
    const atAnnas = await follow(anna);
    await expect.poll(() => countsOf(atAnnas)).toMatchObject({ parked: 0 });
    const stored = await storeMail(api.database, desk.company, nobodysMail());
    await expect.poll(() => countsOf(atAnnas)).toMatchObject({ parked: 1 });
    await api.call(bo, 'DELETE', `/mails/${stored.row.id}`);
    await expect.poll(() => countsOf(atAnnas)).toMatchObject({ parked: 0 });
    expect(atAnnas.news.some(({ event }) => event === 'ticket.changed')).toBe(false);
    atAnnas.stop();
  });

  test('a copy of a mail is told of, which changes no ticket and no count', async () => {
    const atAnnas = await follow(anna);
    const atStrangers = await follow(stranger);
    const raw = Buffer.from('From: tom@northpost.test\r\nMessage-ID: <copied@x>\r\n\r\nHi\r\n');
    const about = { from: 'tom@northpost.test', mailbox: desk.mailbox, hash: '1'.repeat(64) };
    const kinds = ({ news }: Following) => news.map(({ event }) => event);
    await storeMail(api.database, desk.company, arrivedMail(raw, about));
    expect(kinds(atAnnas)).not.toContain('mails.changed');
    const copy = await storeMail(api.database, desk.company, arrivedMail(raw, about));
    expect(copy.row.outcome).toBe('duplicate');
    await expect.poll(() => kinds(atAnnas)).toContain('mails.changed');
    expect(kinds(atStrangers)).not.toContain('mails.changed');
    for (const following of [atAnnas, atStrangers]) following.stop();
  });

  test('the counts are told when an agent changes teams', async () => {
    await customerWrote(desk, 2, { subject: 'Invoice', text: 'Which?', team: desk.billing });
    const atAnnas = await follow(anna);
    await expect.poll(() => countsOf(atAnnas)).toMatchObject({ new: 0 });
    const teams = [desk.support, desk.billing];
    await api.call(anna, 'PATCH', `/agents/${desk.anna}`, { teams });
    await expect.poll(() => countsOf(atAnnas)).toMatchObject({ new: 1 });
    atAnnas.stop();
  });

  test('its agent’s bell hears of a reminder that is done on another screen', async () => {
    const [reminder] = (await api.call(anna, 'GET', '/reminders')).body.items;
    const [atAnnas, atBos] = [await follow(anna), await follow(bo)];
    await api.call(anna, 'POST', `/reminders/${reminder.id}/done`);
    const told = { event: 'reminder', data: { id: reminder.id, done: true } };
    await expect.poll(() => atAnnas.news).toContainEqual(told);
    expect(atBos.news).not.toContainEqual(told);
    atAnnas.stop();
    atBos.stop();
  });
});
