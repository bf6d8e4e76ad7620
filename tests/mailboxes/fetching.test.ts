import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { startRunningDesk } from '../flows/running-desk.ts';
import type { RunningDesk } from '../flows/running-desk.ts';
import { noDovecot, startDovecot } from './dovecot.ts';
import type { Dovecot } from './dovecot.ts';
import {
  countIn,
  fetchFor,
  healthOf,
  ledgerOf,
  letter,
  readFrom,
  untilIn,
} from './fetched-desk.ts';
import type { Fetching } from './fetched-desk.ts';
import { withDovecot } from './with-dovecot.ts';

let dovecot: Dovecot;
let desk: RunningDesk;
let running: Fetching[] = [];
let user = '';
let users = 0;

beforeAll(async () => {
  if (noDovecot === null) dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());
beforeEach(async () => {
  if (noDovecot !== null) return;
  users += 1;
  user = `user${users}`;
  desk = await startRunningDesk();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
  await desk?.stop();
});

function fetch(...args: Parameters<typeof fetchFor> extends [unknown, ...infer Rest] ? Rest : []) {
  const one = fetchFor(desk, ...args);
  running.push(one);
  return one;
}

withDovecot('a mailbox read by IMAP', () => {
  test('makes a ticket of a mail that comes while it is connected, and moves it', async () => {
    await readFrom(desk, dovecot, user);
    fetch();
    await healthOf(desk, ({ lastFetchAt }) => lastFetchAt !== null);
    await dovecot.deliver(user, letter({ subject: 'A broken hinge' }));
    const [mail] = await ledgerOf(desk, 1);
    expect(mail).toMatchObject({
      via: 'imap',
      outcome: 'new_ticket',
      subject: 'A broken hinge',
      from_address: 'eleanor@brightmail.test',
      envelope_from: 'eleanor@brightmail.test',
      written_to: `support@${desk.company}.test`,
    });
    await untilIn(dovecot, user, 'Processed', 1);
    expect(countIn(dovecot, user, 'INBOX')).toBe(0);
    const health = await healthOf(desk, ({ lastMailAt }) => lastMailAt !== null);
    expect(health).toMatchObject({ error: null, since: null });
  });

  test('takes unread mails that were there before, and leaves the read ones', async () => {
    for (const subject of ['one', 'two', 'three']) await dovecot.deliver(user, letter({ subject }));
    dovecot.doveadm('flags', 'add', '-u', user, '\\Seen', 'mailbox', 'INBOX', 'subject', 'two');
    await readFrom(desk, dovecot, user, { taken: 'seen' });
    fetch();
    const mails = await ledgerOf(desk, 2);
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual(['one', 'three']);
    await healthOf(desk, ({ lastMailAt }) => lastMailAt !== null);
    const unseen = dovecot.doveadm('search', '-u', user, 'mailbox', 'INBOX', 'unseen');
    expect(unseen.trim()).toBe('');
    expect(countIn(dovecot, user, 'INBOX')).toBe(3);
  });

  test('takes what came while nobody fetched, once, though a person has read it', async () => {
    await readFrom(desk, dovecot, user, { taken: 'seen' });
    const first = fetch();
    await healthOf(desk, ({ lastFetchAt }) => lastFetchAt !== null);
    await first.stop();
    await dovecot.deliver(user, letter({ subject: 'read by hand' }));
    dovecot.doveadm('flags', 'add', '-u', user, '\\Seen', 'mailbox', 'INBOX', 'all');
    fetch();
    expect(await ledgerOf(desk, 1)).toMatchObject([{ subject: 'read by hand' }]);
  });
});

withDovecot('a mailbox whose server fails or changes', () => {
  test('goes on after an outage of the server', async () => {
    await readFrom(desk, dovecot, user);
    fetch();
    await dovecot.deliver(user, letter());
    await ledgerOf(desk, 1);
    await untilIn(dovecot, user, 'Processed', 1);
    await dovecot.halt();
    const away = await healthOf(desk, ({ error }) => error !== null);
    expect(away).toMatchObject({ errorStep: 'connection' });
    await dovecot.start();
    await dovecot.deliver(user, letter({ subject: 'after the outage' }));
    const mails = await ledgerOf(desk, 2);
    expect(mails[1]).toMatchObject({ subject: 'after the outage', outcome: 'new_ticket' });
    await healthOf(desk, ({ error }) => error === null);
  });

  test('knows its mails again when the server has numbered them anew', async () => {
    await readFrom(desk, dovecot, user, { taken: 'seen' });
    const first = fetch();
    await healthOf(desk, ({ lastFetchAt }) => lastFetchAt !== null);
    for (const subject of ['one', 'two']) await dovecot.deliver(user, letter({ subject }));
    await ledgerOf(desk, 2);
    await first.stop();
    dovecot.doveadm('mailbox', 'update', '-u', user, '--uid-validity', '4242', 'INBOX');
    await dovecot.deliver(user, letter({ subject: 'three' }));
    fetch();
    const isNew = ({ outcome }: { outcome: string }) => outcome === 'new_ticket';
    const mails = await ledgerOf(desk, 3, isNew);
    expect(mails.map(({ subject }) => subject).sort()).toEqual(['one', 'three', 'two']);
    const all = await desk.in((trx) => trx('mail').whereNotIn('outcome', ['duplicate']));
    expect(all).toHaveLength(3);
  });

  test('says that the password is wrong, and goes on with the right one', async () => {
    await dovecot.deliver(user, letter());
    await readFrom(desk, dovecot, user, { password: 'wrong' });
    fetch();
    const health = await healthOf(desk, ({ error }) => error !== null);
    expect(health).toMatchObject({ errorStep: 'login', lastFetchAt: null });
    expect(health.error).toMatch(/refuses the login/);
    expect(health.since).not.toBeNull();
    await readFrom(desk, dovecot, user);
    await ledgerOf(desk, 1);
    await healthOf(desk, ({ error, since }) => error === null && since === null);
  });

  test('says which folder is missing', async () => {
    await readFrom(desk, dovecot, user, { folder: 'Shop' });
    fetch();
    const health = await healthOf(desk, ({ error }) => error !== null);
    expect(health).toMatchObject({ errorStep: 'folder' });
    expect(health.error).toContain('"Shop"');
  });
});
