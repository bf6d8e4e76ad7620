import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Method, ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_audit', { env: { DNS_SERVERS: 'off' } });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
});

afterAll(() => api.stop());

let things = 0;
const name = () => ({ name: `Thing ${(things += 1)}` });
const agent = () => ({
  ...name(),
  email: `agent-${things}@acme.test`,
  role: 'agent',
  teams: [],
});
const mailbox = () => ({ address: `box-${(things += 1)}@acme.test` });
const made = async (path: string, body: object): Promise<string> => {
  const answer = await api.call(anna, 'POST', path, body);
  expect(answer.status).toBe(201);
  return `${path}/${answer.body.id}`;
};

interface Change {
  path: string;
  body?: object;
  kind: string;
  act: string;
}
const at = (path: string, kind: string, act: string, body?: object): Change => ({
  path,
  kind,
  act,
  ...(body ? { body } : {}),
});

/** One for each changing call that is for admins, and for those on things that all share. */
const changes: { [call: string]: () => Promise<Change> } = {
  'PATCH /company': async () => at('/company', 'company', 'changed', name()),
  'PATCH /company/settings': async () =>
    at('/company/settings', 'limit', 'changed', { undoSeconds: 20 }),
  'PUT /desk-texts/:kind/:language': async () =>
    at('/desk-texts/summary/en', 'text', 'changed', { text: 'All of it' }),
  'DELETE /desk-texts/:kind/:language': async () => at('/desk-texts/summary/en', 'text', 'deleted'),
  'POST /teams': async () => at('/teams', 'team', 'made', name()),
  'PATCH /teams/:id': async () => at(await made('/teams', name()), 'team', 'changed', name()),
  'DELETE /teams/:id': async () => at(await made('/teams', name()), 'team', 'deleted'),
  'POST /agents': async () => at('/agents', 'agent', 'invited', agent()),
  'PATCH /agents/:id': async () => at(await made('/agents', agent()), 'agent', 'changed', name()),
  'DELETE /agents/:id': async () => at(await made('/agents', agent()), 'agent', 'deactivated'),
  'POST /agents/:id/invitation': async () =>
    at(`${await made('/agents', agent())}/invitation`, 'agent', 'invited'),
  'DELETE /agents/:id/invitation': async () =>
    at(`${await made('/agents', agent())}/invitation`, 'agent', 'withdrawn'),
  'POST /mailboxes': async () => at('/mailboxes', 'mailbox', 'made', mailbox()),
  'PATCH /mailboxes/:id': async () =>
    at(await made('/mailboxes', mailbox()), 'mailbox', 'changed', name()),
  'DELETE /mailboxes/:id': async () =>
    at(await made('/mailboxes', mailbox()), 'mailbox', 'deleted'),
  'POST /dkim-keys': async () => at('/dkim-keys', 'signingKey', 'made', { domain: 'acme.test' }),
  'DELETE /dkim-keys/:id': async () =>
    at(await made('/dkim-keys', { domain: 'acme.test' }), 'signingKey', 'deleted'),
  'POST /tokens': async () => at('/tokens', 'token', 'made', name()),
  'PATCH /tokens/:id': async () => at(await made('/tokens', name()), 'token', 'changed', name()),
  'DELETE /tokens/:id': async () => at(await made('/tokens', name()), 'token', 'deleted'),
  'POST /labels': async () => at('/labels', 'label', 'made', name()),
  'PATCH /labels/:id': async () => at(await made('/labels', name()), 'label', 'changed', name()),
  'DELETE /labels/:id': async () => at(await made('/labels', name()), 'label', 'deleted'),
};

/** Calls for admins that change no setting of the company. */
const unaudited = [
  // Tries a mailbox's servers, and takes or sends nothing.
  'POST /mailboxes/:id/test',
  // Looks into the DNS; what a right record changes is told, and needs a name server here.
  'POST /dkim-keys/:id/check',
  // Puts a list of things to do away, for everybody.
  'PUT /first-steps',
];

const isMethod = (text: string): text is Method =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(text);
const entries = async (query = '') =>
  (await api.call(anna, 'GET', `/audit?limit=200${query}`)).body.items;

describe('the audit log', () => {
  test('is asked of every changing call for admins', () => {
    const calls = api.app.routeTable
      .filter(({ method, auth }) => auth === 'admin' && !['GET', 'HEAD'].includes(method))
      .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
    const told = [...Object.keys(changes), ...unaudited];
    expect(calls.filter((call) => !told.includes(call))).toEqual([]);
  });

  test.each(Object.entries(changes))('tells of %s', async (call, prepare) => {
    const { path, body, kind, act } = await prepare();
    const method = call.split(' ')[0] ?? '';
    if (!isMethod(method)) throw new Error(`"${call}" has no method`);
    const before = await entries();
    const answer = await api.call(anna, method, path, body);
    expect(answer.status, answer.text).toBeLessThan(300);
    const after = await entries();
    const fresh = after.slice(0, after.length - before.length);
    expect(fresh).toHaveLength(1);
    expect(fresh[0]).toMatchObject({
      kind,
      act,
      way: 'token',
      actor: { id: desk.anna, name: 'Anna Berg' },
      subject: ['company', 'limit'].includes(kind) ? null : expect.any(String),
    });
  });

  test('names what changed, and secrets without showing them', async () => {
    const path = await made('/mailboxes', mailbox());
    const incoming = { host: 'imap.acme.test', login: 'us', password: 'hidden words' };
    await api.call(anna, 'PATCH', path, { incoming, acknowledge: true });
    await api.call(anna, 'PATCH', path, { incoming: { password: 'other hidden words' } });
    const [second, first] = await entries('&what=mailbox');
    expect(first.changes).toContainEqual({ field: 'acknowledge', from: 'false', to: 'true' });
    expect(first.changes).toContainEqual({ field: 'incoming.password' });
    expect(second.changes).toEqual([{ field: 'incoming.password' }]);
    expect(JSON.stringify([first, second])).not.toContain('hidden');
  });

  test('tells who came in and who did not, and not by which password', async () => {
    const email = 'comes@acme.test';
    await made('/agents', { ...agent(), email, password: 'a good password' });
    await api.call('', 'POST', '/session', { email, password: 'a wrong password' });
    await api.call('', 'POST', '/session', { email, password: 'a good password' });
    const sessions = () => entries('&what=session');
    await expect.poll(sessions).toHaveLength(2);
    const [came, refused] = await sessions();
    expect(came).toMatchObject({ act: 'signedIn', way: 'session', actor: { id: came.subject } });
    expect(refused).toMatchObject({ act: 'refused', way: 'nobody', actor: null });
    expect(JSON.stringify([came, refused])).not.toContain('password');
  });

  test('keeps no refused sign-in waiting: its time would tell who is known', async () => {
    const email = 'waits@acme.test';
    await made('/agents', { ...agent(), email, password: 'a good password' });
    await desk.in(async (trx) => {
      await trx.raw('lock table audit_entry in share row exclusive mode');
      const wrong = { email, password: 'a wrong password' };
      expect((await api.call('', 'POST', '/session', wrong)).status).toBe(401);
    });
    await expect.poll(() => entries('&what=session')).toHaveLength(3);
  });

  test('is read page by page, by agent and by kind, and by admins only', async () => {
    await api.call(bo, 'POST', '/labels', name());
    const own = await entries(`&actor=${desk.bo}`);
    expect(own).toMatchObject([{ actor: { id: desk.bo }, kind: 'label', act: 'made' }]);
    const all = await entries();
    const first = (await api.call(anna, 'GET', '/audit?limit=3')).body;
    const rest = await entries(`&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest]).toEqual(all);
    expect((await api.call(bo, 'GET', '/audit')).status).toBe(403);
  });

  test('is kept as it was written', async () => {
    const change = desk.in(async (trx) => trx.raw(`update audit_entry set act = 'made'`));
    await expect(change).rejects.toThrow('permission denied');
    const before = await entries();
    await desk.in(async (trx) => trx.raw('delete from audit_entry'));
    expect(await entries()).toEqual(before);
  });

  test('is cleared of what is older than the setting says', async () => {
    const entry = { company: desk.company, way: 'tool', kind: 'label', act: 'made' };
    await desk.in(async (trx) => {
      const days = (count: number) => trx.raw('now() - make_interval(days => ?)', [count]);
      await trx('audit_entry').insert([
        { ...entry, id: 'old', at: days(101) },
        { ...entry, id: 'younger', at: days(99) },
      ]);
    });
    await tidyUp(api.database, { auditKeepDays: 100 });
    const left = (await entries()).map(({ id }: { id: string }) => id);
    expect(left).toContain('younger');
    expect(left).not.toContain('old');
  });
});
