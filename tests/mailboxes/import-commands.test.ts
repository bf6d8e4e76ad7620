import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { postkeepWith } from '../contract/cli.ts';
import type { Said } from '../contract/cli.ts';
import { SECRET } from '../flows/desk-worker.ts';
import { startRunningDesk } from '../flows/running-desk.ts';
import type { RunningDesk } from '../flows/running-desk.ts';
import { startDovecot } from './dovecot.ts';
import type { Dovecot } from './dovecot.ts';
import { countIn, ledgerOf } from './fetched-desk.ts';
import { withDovecot } from './with-dovecot.ts';

/** Each command is a process that starts by itself, twice in a test. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let desk: RunningDesk;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-import-'));
  desk = await startRunningDesk();
  await desk.in((trx) => trx('mailbox').update({ acknowledge: true }));
});
afterAll(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

const MAILS = 12;

interface Archived {
  id: string;
  day: string;
  raw: string;
}

/** Mails of a year before there was this desk, each of another customer. */
function archive(name: string): Archived[] {
  return Array.from({ length: MAILS }, (_, i) => {
    const id = `${name}-${i}@archive.test`;
    const day = new Date(Date.UTC(2023, i, 10, 9, 30)).toISOString();
    const lines = [
      `From: Customer ${i} <${name}-${i}@brightmail.test>`,
      `To: support@${desk.company}.test`,
      `Subject: Lamp ${i}`,
      `Message-ID: <${id}>`,
      `Date: ${new Date(day).toUTCString()}`,
      '',
      `The words of ${id}.`,
      '',
    ];
    return { id, day, raw: lines.join('\r\n') };
  });
}

function postkeep(...words: string[]): Promise<Said> {
  const settings = {
    DATABASE_URL: desk.place.databaseUrl,
    TEMPORAL_ADDRESS: desk.place.temporalAddress,
    TEMPORAL_NAMESPACE: desk.place.namespace,
    SMTP_URL: desk.place.smtpUrl,
    POSTKEEP_SECRET: SECRET,
  };
  return postkeepWith(dirname(desk.place.blobFolder), settings, ...words);
}

const lastLine = ({ stdout }: Said): string | undefined => stdout.trim().split('\n').at(-1);

/** Run twice: the mails are there once, of their own time, and nobody was written to. */
async function importsOnce(mails: readonly Archived[], words: readonly string[]): Promise<void> {
  const first = await postkeep(...words);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(new RegExp(`^\\d+ of ${MAILS} mails$`, 'm'));
  expect(lastLine(first)).toBe(`${MAILS} imported, 0 known already, 0 parked`);

  const isOurs = ({ message_id: id }: { message_id: string | null }) =>
    mails.some((mail) => mail.id === id);
  const ledger = await ledgerOf(desk, MAILS, isOurs);
  const days = new Map(ledger.map((mail) => [mail.message_id, mail.received_at]));
  expect(days).toEqual(new Map(mails.map(({ id, day }) => [id, day])));
  const numbers = ledger.map(({ ticket }) => ticket ?? 0);
  for (const number of numbers) await desk.event(number, 'closed');
  const tickets: { state: string; created_at: string }[] = await desk.in((trx) =>
    trx('ticket').whereIn('number', numbers).orderBy('created_at'),
  );
  expect(tickets.map(({ created_at: at }) => at)).toEqual(mails.map(({ day }) => day));
  expect(new Set(tickets.map(({ state }) => state))).toEqual(new Set(['solved']));

  const again = await postkeep(...words);
  expect(again.code).toBe(0);
  expect(lastLine(again)).toBe(`0 imported, ${MAILS} known already, 0 parked`);
  expect(await ledgerOf(desk, MAILS, isOurs)).toHaveLength(MAILS);
  expect(desk.sink.mails).toEqual([]);
}

test('import-mbox brings a file along once, with its dates, and sends nothing', async () => {
  const mails = archive('mbox');
  const path = join(folder, 'archive.mbox');
  const line = ({ day }: Archived) =>
    `From customer@brightmail.test ${new Date(day).toUTCString()}`;
  writeFileSync(path, mails.map((mail) => `${line(mail)}\n${mail.raw}\n`).join('\n'));
  await importsOnce(mails, ['import-mbox', path, '--mailbox', `support@${desk.company}.test`]);
});

test('an import that is asked for wrongly says what is wrong, and imports nothing', async () => {
  const to = ['--mailbox', `support@${desk.company}.test`];
  const noFile = await postkeep('import-mbox', join(folder, 'none.mbox'), ...to);
  expect(noFile).toMatchObject({ code: 2, stderr: expect.stringContaining('none.mbox') });
  const noServer = await postkeep('import-imap', ...to);
  expect(noServer).toMatchObject({ code: 2, stderr: expect.stringContaining('--host') });
});

withDovecot('a real IMAP server', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot.stop());

  test('import-imap brings a folder along once, and changes nothing there', async () => {
    const mails = archive('imap');
    for (const { raw } of mails) await dovecot.deliver('archive', raw);
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, `${dovecot.password}\n`, { mode: 0o600 });
    await importsOnce(mails, [
      ...['import-imap', '--mailbox', `support@${desk.company}.test`],
      ...['--host', '127.0.0.1', '--port', String(dovecot.ports.imaps), '--any-certificate'],
      ...['--login', 'archive', '--password-file', passwordFile],
    ]);
    expect(countIn(dovecot, 'archive', 'INBOX')).toBe(MAILS);
    const unseen = dovecot.doveadm('mailbox', 'status', '-u', 'archive', 'unseen', 'INBOX');
    expect(unseen).toContain(`unseen=${MAILS}`);
  });
});
