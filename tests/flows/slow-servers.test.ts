import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SendAttemptRow } from '../../database/rows.ts';
import { createSmtpSender } from '../../mail/outbound/smtp-sender.ts';
import { openTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { SLOW_MS, forCustomers } from './smtp-sink.ts';
import type { SunkMail } from './smtp-sink.ts';

/** One desk has the patience for a slow server, the other has not. */
let patient: RunningDesk;
let hasty: RunningDesk;

async function deskWaiting(idleMs: number): Promise<RunningDesk> {
  const desk = await startRunningDesk({ worker: false });
  const limits = { connectMs: 5_000, greetingMs: 5_000, idleMs, totalMs: 30_000 };
  await desk.startWorker({ sender: () => createSmtpSender(desk.sink.url, limits) });
  return desk;
}

beforeAll(async () => {
  [patient, hasty] = await Promise.all([deskWaiting(10 * SLOW_MS), deskWaiting(SLOW_MS / 4)]);
});
afterAll(() => Promise.all([patient.stop(), hasty.stop()]));

const isCopyOf =
  (message: string) =>
  ({ headers }: SunkMail): boolean =>
    headers.messageId?.startsWith(`${message}@`) ?? false;

function attemptsOf(desk: RunningDesk, message: string): Promise<SendAttemptRow[]> {
  return desk.in((trx) => trx('send_attempt').where({ message }).orderBy('attempt'));
}

test('a server that answers late, yet in time, is waited for: the mail is sent once', async () => {
  const ticket = await openTicket(patient);
  for (const slow of ['slow-recipient', 'slow-content'] as const) {
    patient.sink.behave(forCustomers(slow));
    const message = await ticket.reply();
    const delivery = await ticket.event('delivery', (event) => event.message === message);
    expect(delivery).toMatchObject({ outcome: 'sent', attempt: 1 });
    expect(patient.sink.mails.filter(isCopyOf(message))).toHaveLength(1);
  }
});

test('a server that says nothing before the mail is tried again later', async () => {
  const ticket = await openTicket(hasty);
  hasty.sink.behave(forCustomers('slow-recipient'));
  const message = await ticket.reply();
  const delivery = await ticket.event('delivery');
  expect(delivery).toMatchObject({ outcome: 'deferred', next: expect.any(String) });
  expect(await attemptsOf(hasty, message)).toMatchObject([
    { outcome: 'deferred', code: null, handed_over_at: null, response: expect.stringMatching(/./) },
  ]);
});

test('a server that says nothing to the whole mail may have it: it is not sent again', async () => {
  const ticket = await openTicket(hasty);
  hasty.sink.behave(forCustomers('slow-content'));
  const message = await ticket.reply();
  const delivery = await ticket.event('delivery', (event) => event.message === message);
  expect(delivery).toMatchObject({ outcome: 'uncertain', next: null });
  // Its late yes comes to nobody.
  await hasty.sink.next(isCopyOf(message));
  await ticket.settled();
  expect(await attemptsOf(hasty, message)).toMatchObject([
    { outcome: 'uncertain', code: null, handed_over_at: expect.any(String) },
  ]);
  expect(hasty.sink.mails.filter(isCopyOf(message))).toHaveLength(1);
  await ticket.command('delivery', { message, outcome: 'arrived' });
  await ticket.event('delivery', ({ outcome }) => outcome === 'arrived');
});
