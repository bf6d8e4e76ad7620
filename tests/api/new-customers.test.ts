import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { select } from '../../database/client.ts';
import type { CompanyTransaction } from '../../database/client.ts';
import { customerByAddress } from '../../database/queries/intake.ts';
import { allocateNumber } from '../../database/queries/ticket-log.ts';
import { storeMail } from '../../intake/store-mail.ts';
import { arrivedMail } from './arrived-mail.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';

/** The first call of a process takes its time on a small machine. */
const WAITED_FOR_MS_MAX = 10_000;

let api: ReadingApi;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_new_customers', {
    workflows: recordingWorkflows,
  });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
});

afterAll(() => api.stop());

/** A call, made while the first mail of its customer is between customer and number. */
async function duringFirstMail(email: string, make: () => Promise<Answer>): Promise<Answer> {
  const { answer } = await desk.in(async (trx) => {
    await customerByAddress(trx, email, 'Ida');
    const made = make();
    await expect.poll(() => isWaitedFor(trx), { timeout: WAITED_FOR_MS_MAX }).toBe(true);
    await allocateNumber(trx);
    return { answer: made };
  });
  return answer;
}

async function isWaitedFor(trx: CompanyTransaction): Promise<boolean> {
  const rows = await select<{ found: boolean }>(
    trx,
    // Not pg_stat_activity, which stays as it was first seen in a transaction.
    `select exists (select from pg_locks
       where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))) as found`,
  );
  return rows[0]?.found ?? false;
}

/** It says that it comes from the mailbox which it goes to: a loop. */
async function parkedMail(email: string): Promise<string> {
  const raw = Buffer.from(
    'From: support@acme.test\r\nSubject: Screws\r\n\r\nEight short ones.\r\n',
  );
  const { hash } = await api.blobs.put(raw);
  const mail = arrivedMail(raw, { from: email, mailbox: desk.mailbox, hash });
  const { row } = await storeMail(api.database, desk.company, mail);
  await desk.in((trx) => trx('mail').where({ id: row.id }).update({ from_address: email }));
  return row.id;
}

test('a mail is composed to somebody whose first mail comes in this moment', async () => {
  const to = 'ida@northpost.test';
  const body = { to, subject: 'Your lamp', text: 'It is on its way.' };
  const answer = await duringFirstMail(to, () => api.call(bo, 'POST', '/tickets', body));
  expect(answer.status).toBe(201);
});

test('a parked mail is accepted while its sender’s next one comes in', async () => {
  const from = 'per@northpost.test';
  const id = await parkedMail(from);
  const answer = await duringFirstMail(from, () => api.call(bo, 'POST', `/mails/${id}/accept`));
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ outcome: 'new_ticket' });
});
