import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { sendAccountMails } from '../../activities/account-mail/send-account-mail.ts';
import { parseMail } from '../../mail/parse.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { testLog } from '../../runtime/logger.ts';
import type { SendRequest, SendResult } from '../../mail/outbound/smtp-sender.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;

/** What left, in order. */
let sent: string[] = [];
/** What the mail server does with the next mail, once. */
let next: ((request: SendRequest) => Promise<SendResult>) | null = null;

const taken: SendResult = { outcome: 'sent', response: '250 OK', code: 250, rejected: [] };
const sender = {
  sendOnce: async (request: SendRequest): Promise<SendResult> => {
    const once = next;
    next = null;
    if (once) return once(request);
    await request.onHandingOver();
    if (Buffer.isBuffer(request.raw)) sent.push(request.raw.toString());
    return taken;
  },
};

const SECRET = 'only for this test';
const PUBLIC_URL = 'http://desk.test';

const sendAll = () =>
  sendAccountMails({
    database: api.database,
    blobs: api.blobs,
    secret: SECRET,
    oldSecrets: [],
    publicUrl: PUBLIC_URL,
    sealer: createSealer(SECRET),
    logger: testLog,
    sender,
    mailboxSenders: { of: () => sender, close: () => undefined },
  });

beforeAll(async () => {
  const env = { PUBLIC_URL, POSTKEEP_SECRET: SECRET };
  api = await startReadingApi(inject('databaseUrl'), 'api_invitations', { env });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
});

afterAll(() => api.stop());

let people = 0;
async function invited(): Promise<{ id: string; email: string; path: string }> {
  const email = `new-${(people += 1)}@acme.test`;
  const body = { name: 'Eva Nord', email, role: 'agent', teams: [desk.support] };
  const made = await api.call(anna, 'POST', '/agents', body);
  expect(made).toMatchObject({ status: 201, body: { hasPassword: false, active: true } });
  return { id: made.body.id, email, path: `/agents/${made.body.id}` };
}

/** The end of the link's address. */
async function linkOf(path: string): Promise<string> {
  const shown = await api.call(anna, 'GET', `${path}/invitation`);
  expect(shown.body.url).toMatch(/^http:\/\/desk\.test\/invitation#[\w-]{43}$/);
  return String(shown.body.url).split('#').at(-1) ?? '';
}

const open = (link: string) => api.call('', 'POST', '/account-links/open', { link });
const use = (link: string, more: object = {}) =>
  api.call('', 'POST', '/account-links/use', { link, password: 'a good password', ...more });
const signIn = (email: string, password = 'a good password') =>
  api.call('', 'POST', '/session', { email, password });

const inDatabase = (sql: string, ...values: string[]) =>
  desk.in(async (trx) => {
    await trx.raw(sql, values);
  });

const over = (why: string, answer: Answer) =>
  expect(answer.body).toMatchObject({ status: 410, code: 'link_over', why });

describe('an invitation', () => {
  test('is a mail with a link, by which the agent chooses a password and comes in', async () => {
    sent = [];
    const { email, path } = await invited();
    await sendAll();
    expect(sent).toHaveLength(1);
    const mail = await parseMail(Buffer.from(sent[0] ?? ''));
    expect(sent[0]).toContain('Auto-Submitted: auto-generated');
    const link = /http:\/\/desk\.test\/invitation#([\w-]{43})/.exec(mail.text)?.[1] ?? '';
    expect(link).toBe(await linkOf(path));
    expect(mail.text).toContain('Anna Berg invites you');
    const before = await api.call(anna, 'GET', path);
    expect(before.body.invitation).toMatchObject({ mail: 'sent', expired: false });

    expect((await open(link)).body).toMatchObject({ kind: 'invitation', company: 'acme', email });
    const joined = await use(link, { name: 'Eva Norén' });
    expect(joined).toMatchObject({ status: 200, body: { agent: { name: 'Eva Norén', email } } });
    expect(joined.headers['set-cookie']).toMatch(/^postkeep_session=/);
    expect((await signIn(email)).status).toBe(200);
    const after = await api.call(anna, 'GET', path);
    expect(after.body).toMatchObject({ hasPassword: true, invitation: null });
  });

  test('is kept as a hash only, and works once', async () => {
    const { path } = await invited();
    const link = await linkOf(path);
    const stored = await desk.in(async (trx) => trx('account_link').select());
    expect(JSON.stringify(stored)).not.toContain(link);
    const both = await Promise.all([use(link), use(link)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    over('used', await open(link));
  });

  test('ends with its time, with a newer one, and when it is withdrawn', async () => {
    const old = await invited();
    const tooOld = await linkOf(old.path);
    await inDatabase(
      `update account_link set expires_at = now() - interval '1 second' where agent = ?`,
      old.id,
    );
    over('expired', await use(tooOld));
    const expired = await api.call(anna, 'GET', `${old.path}/invitation`);
    expect(expired.body).toMatchObject({ expired: true, url: null });

    const again = await api.call(anna, 'POST', `${old.path}/invitation`);
    expect(again).toMatchObject({ status: 201, body: { invitation: { expired: false } } });
    const replaced = await linkOf(old.path);
    await api.call(anna, 'POST', `${old.path}/invitation`);
    over('ended', await use(replaced));

    const last = await linkOf(old.path);
    expect((await api.call(anna, 'DELETE', `${old.path}/invitation`)).status).toBe(204);
    over('ended', await use(last));
    expect((await api.call(anna, 'GET', old.path)).body.active).toBe(false);
    expect((await open('nothing like it')).status).toBe(404);
  });

  test('goes to the new address when it changes, and the old link leads nowhere', async () => {
    const { path } = await invited();
    const first = await linkOf(path);
    await sendAll();
    sent = [];
    await api.call(anna, 'PATCH', path, { email: 'right@acme.test' });
    await sendAll();
    expect(sent.join()).toContain('right@acme.test');
    over('ended', await use(first));
  });

  test('is for admins to see and to send', async () => {
    const { path } = await invited();
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      expect((await api.call(bo, method, `${path}/invitation`)).status).toBe(403);
    }
    const known = await api.call(anna, 'POST', `/agents/${desk.anna}/invitation`);
    expect(known.status).toBe(201);
  });
});

describe('the mail of an invitation', () => {
  const stateOf = async (path: string) => (await api.call(anna, 'GET', path)).body.invitation;

  test('that may have been handed over when its worker died is never sent again', async () => {
    await sendAll();
    const { id, path } = await invited();
    sent = [];
    // The worker is gone before it can write what the server said.
    next = async ({ onHandingOver }) => {
      await onHandingOver();
      sent.push('handed over');
      return new Promise(() => undefined);
    };
    void sendAll();
    await expect.poll(() => sent).toEqual(['handed over']);
    await inDatabase(
      `update account_mail set lease_until = now() - interval '1 second' where link in
       (select id from account_link where agent = ?)`,
      id,
    );
    await sendAll();
    expect(sent).toEqual(['handed over']);
    expect(await stateOf(path)).toMatchObject({ mail: 'uncertain' });
  });

  test('that was refused for now is tried again, and leaves once', async () => {
    const { id, path } = await invited();
    sent = [];
    next = async () => ({ ...taken, outcome: 'deferred', response: '451 busy' });
    await sendAll();
    expect(await stateOf(path)).toMatchObject({ mail: 'waiting', reason: '451 busy' });
    await sendAll();
    expect(sent).toEqual([]);
    await inDatabase(
      `update account_mail set next_try_at = now() where link in
       (select id from account_link where agent = ?)`,
      id,
    );
    await Promise.all([sendAll(), sendAll()]);
    expect(sent).toHaveLength(1);
    expect(await stateOf(path)).toMatchObject({ mail: 'sent', reason: null });
  });

  test('does not leave any more when its link was used', async () => {
    const { path } = await invited();
    sent = [];
    expect((await use(await linkOf(path))).status).toBe(200);
    await sendAll();
    expect(sent).toEqual([]);
  });

  test('does not leave when the link was taken back in the last moment', async () => {
    const { path } = await invited();
    sent = [];
    next = async ({ onHandingOver }) => {
      await api.call(anna, 'DELETE', `${path}/invitation`);
      await onHandingOver();
      sent.push('handed over');
      return taken;
    };
    await sendAll();
    expect(sent).toEqual([]);
  });
});

describe('a forgotten password', () => {
  const forgot = (email: string) => api.call('', 'POST', '/password-resets', { email });

  test('is replaced by a link, which ends the sessions of before', async () => {
    const { email, path } = await invited();
    await use(await linkOf(path));
    await sendAll();
    sent = [];
    expect((await forgot(email.toUpperCase())).status).toBe(202);
    await sendAll();
    const { text } = await parseMail(Buffer.from(sent[0] ?? ''));
    const link = /http:\/\/desk\.test\/new-password#([\w-]{43})/.exec(text)?.[1] ?? '';
    expect((await open(link)).body).toMatchObject({ kind: 'password', email });
    expect((await use(link, { password: 'another good one' })).status).toBe(200);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, 'another good one')).status).toBe(200);
    over('used', await use(link));
  });

  test('for which an admin sets another one needs its link no more', async () => {
    const { email, path } = await invited();
    await use(await linkOf(path));
    await sendAll();
    sent = [];
    await forgot(email);
    await sendAll();
    const { text } = await parseMail(Buffer.from(sent[0] ?? ''));
    const link = /\/new-password#([\w-]{43})/.exec(text)?.[1] ?? '';
    await api.call(anna, 'PATCH', path, { password: 'what the admin chose' });
    over('ended', await use(link, { password: 'of whoever reads mail' }));
    expect((await signIn(email, 'what the admin chose')).status).toBe(200);
  });

  test('is answered alike for an address that nobody has', async () => {
    sent = [];
    const known = await forgot(`bo@${desk.company}.test`);
    const unknown = await forgot('nobody@acme.test');
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await sendAll();
    expect(sent).toHaveLength(1);
  });

  test('is asked for a few times an hour', async () => {
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await forgot('often@acme.test')).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });
});
