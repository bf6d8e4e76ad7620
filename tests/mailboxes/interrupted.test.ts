import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { createDatabase } from '../../database/client.ts';
import { insertMailbox } from '../../database/queries/mailboxes.ts';
import type { MailRow } from '../../database/rows.ts';
import { makeTicketToken } from '../../mail/token.ts';
import { startBreakableWire } from '../flows/broken-wire.ts';
import { SECRET } from '../flows/desk-worker.ts';
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
import { withDovecot } from './with-dovecot.ts';

let dovecot: Dovecot;
let desk: RunningDesk;
let stops: (() => Promise<unknown>)[] = [];
let user = '';
let users = 0;

beforeAll(async () => {
  if (noDovecot === null) dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());
beforeEach(async () => {
  if (noDovecot !== null) return;
  users += 1;
  user = `cut${users}`;
  desk = await startRunningDesk();
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
  await desk?.stop();
});

function fetch(changes: Parameters<typeof fetchFor>[1] = {}) {
  const one = fetchFor(desk, changes);
  stops.push(() => one.stop());
  return one;
}

const DOOMED = fileURLToPath(new URL('./doomed-fetcher.ts', import.meta.url));

withDovecot('fetching that is cut off', () => {
  test('by SIGKILL between storing and moving leaves one message of each mail', async () => {
    for (let count = 0; count < 3; count += 1) await dovecot.deliver(user, letter());
    await readFrom(desk, dovecot, user);
    const child = fork(DOOMED, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.send(desk.place);
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(countIn(dovecot, user, 'INBOX')).toBe(3);
    expect(await desk.in((trx) => trx('mail'))).toHaveLength(3);
    await desk.in((trx) => trx('mail').update({ lease_until: null }));
    await desk.in((trx) => trx('mailbox_fetch').update({ lease_until: null }));
    fetch();
    await untilIn(dovecot, user, 'Processed', 3);
    const mails: MailRow[] = await desk.in((trx) => trx('mail'));
    expect(mails.map(({ source }) => source).length).toBe(3);
    expect(mails.map(({ outcome }) => outcome)).not.toContain('duplicate');
  });

  test('from its database takes every mail once when that is back', async () => {
    await readFrom(desk, dovecot, user);
    const wire = await startBreakableWire(desk.place.databaseUrl);
    const database = createDatabase(wire.url, { poolMax: 4 });
    fetch({ database });
    stops.push(() => database.close().then(() => wire.stop()));
    await healthOf(desk, ({ lastFetchAt }) => lastFetchAt !== null);
    wire.cut();
    for (const subject of ['one', 'two']) await dovecot.deliver(user, letter({ subject }));
    wire.mend();
    const mails = await ledgerOf(desk, 2);
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual(['one', 'two']);
    await untilIn(dovecot, user, 'Processed', 2);
  });
});

withDovecot('several that fetch', () => {
  test('share the mailboxes, and each takes over from one that ends', async () => {
    await readFrom(desk, dovecot, user);
    const [first] = [fetch(), fetch(), fetch()];
    await healthOf(desk, ({ lastFetchAt }) => lastFetchAt !== null);
    for (let count = 0; count < 10; count += 1) await dovecot.deliver(user, letter());
    await ledgerOf(desk, 10);
    await first?.stop();
    for (let count = 0; count < 10; count += 1) await dovecot.deliver(user, letter());
    const mails = await ledgerOf(desk, 20);
    expect(mails).toHaveLength(20);
    expect(mails.map(({ outcome }) => outcome)).not.toContain('duplicate');
  });

  test('at the same mails at the same moment store each once', async () => {
    for (let count = 0; count < 20; count += 1) await dovecot.deliver(user, letter());
    await readFrom(desk, dovecot, user);
    // As when one was frozen while its lease ran out.
    const lapse = () => desk.in((trx) => trx('mailbox_fetch').update({ lease_until: null }));
    const onStored = async () => void (await lapse());
    fetch({ onStored });
    fetch({ onStored });
    await untilIn(dovecot, user, 'Processed', 20);
    const mails = await ledgerOf(desk, 20);
    expect(mails).toHaveLength(20);
    expect(mails.map(({ outcome }) => outcome)).not.toContain('duplicate');
  });
});

withDovecot('mails out of the ordinary', () => {
  test('over the limit are parked with their beginning, and hold up nobody', async () => {
    const mailBytesMax = 25 * 1_048_576;
    const huge = letter({ subject: 'huge', text: 'x'.repeat(76).concat('\r\n').repeat(400_000) });
    await dovecot.deliver(user, huge);
    await dovecot.deliver(user, letter({ subject: 'small' }));
    await readFrom(desk, dovecot, user);
    fetch({ mailBytesMax });
    const mails = await ledgerOf(desk, 2);
    const [parked] = mails.filter(({ outcome }) => outcome === 'parked');
    expect(parked).toMatchObject({ subject: 'huge', from_address: 'eleanor@brightmail.test' });
    expect(parked?.reason).toMatch(/^too large: 29\.\d MB, and 25\.0 MB are taken/);
    expect(parked?.raw_bytes).toBeGreaterThan(30_000_000);
    const kept = await desk.intake.blobs.get(parked?.raw_hash ?? '');
    expect(kept.length).toBeLessThanOrEqual(256 * 1024);
    expect(parked?.kept_bytes).toBe(kept.length);
    await untilIn(dovecot, user, 'Processed', 1);
    expect(countIn(dovecot, user, 'INBOX')).toBe(1);
  });

  test('to the address of a ticket go to it, and to an alias are known by it', async () => {
    const alias = `help@${desk.company}.test`;
    await desk.in((trx) => trx('mailbox_alias').insert({ ...boxOf(), address: alias }));
    await readFrom(desk, dovecot, user);
    fetch();
    await dovecot.deliver(user, letter({ to: alias }));
    const [first] = await ledgerOf(desk, 1);
    expect(first).toMatchObject({ written_to: alias, outcome: 'new_ticket' });
    const token = makeTicketToken(SECRET, desk.company, first?.ticket ?? 0);
    await dovecot.deliver(user, letter({ to: `help+${token}@${desk.company}.test` }));
    const [, second] = await ledgerOf(desk, 2);
    expect(second).toMatchObject({ ticket: first?.ticket, written_to: alias, outcome: 'added' });
  });

  test('of one mailbox come in though the login of another is refused', async () => {
    const other = `${desk.company}-other`;
    const address = `other@${desk.company}.test`;
    await desk.in((trx) => insertMailbox(trx, { id: other, address, name: 'Other' }));
    await readFrom(desk, dovecot, 'nobody', { mailbox: other, password: 'wrong' });
    await readFrom(desk, dovecot, user);
    fetch();
    await healthOf(desk, ({ errorStep }) => errorStep === 'login', other);
    await dovecot.deliver(user, letter());
    expect(await ledgerOf(desk, 1)).toMatchObject([{ mailbox: desk.mailbox }]);
  });
});

function boxOf() {
  return { company: desk.company, mailbox: desk.mailbox };
}
