import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { withClient } from '../stack/postgres/server.ts';
import { createTestDatabase } from '../stack/test-database.ts';
import { createDatabase } from './client.ts';
import type { CompanyTransaction, Database } from './client.ts';
import { findFetched } from './queries/intake.ts';
import { leaseMail, lockMail } from './queries/mail-rows.ts';
import { readFetch } from './queries/mailbox-fetch.ts';
import { readServer } from './queries/mailbox-servers.ts';
import { readAttachments } from './queries/outgoing.ts';
import { lockAttempt, readOutgoing } from './queries/send-attempts.ts';

let url: string;
let database: Database;

beforeAll(async () => {
  url = await createTestDatabase(inject('databaseUrl'), 'new_columns');
  database = createDatabase(url, { poolMax: 1 });
});

afterAll(() => database.close());

/** What gives whole rows, by a statement that stays prepared on its connection. */
const statements: [string, (trx: CompanyTransaction) => Promise<unknown>][] = [
  ['mail', (trx) => findFetched(trx, 'support', 'imap:1')],
  ['mail', (trx) => lockMail(trx, 'm')],
  ['mail', (trx) => leaseMail(trx, 'm')],
  ['message', (trx) => readOutgoing(trx, 'm')],
  ['attachment', (trx) => readAttachments(trx, 'm')],
  ['send_attempt', (trx) => lockAttempt(trx, 'm', 1)],
  ['mailbox_server', (trx) => readServer(trx, 'm', 'in')],
  ['mailbox_fetch', (trx) => readFetch(trx, 'm')],
];

test('processes of the last release go on while a migration adds columns', async () => {
  const runAll = async () => {
    for (const [, run] of statements) await database.withCompany('acme', run);
  };
  await runAll();
  await withClient(url, async (owner) => {
    for (const table of new Set(statements.map(([name]) => name))) {
      await owner.query(`alter table ${table} add column of_the_next_release text`);
    }
  });
  await expect(runAll()).resolves.toBeUndefined();
});
