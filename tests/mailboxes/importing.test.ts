import { afterAll, beforeAll, expect, test } from 'vitest';

import { importMails } from '../../intake/import-mails.ts';
import type { ArchivedMail, ImportTarget } from '../../intake/import-mails.ts';
import { startRunningDesk } from '../flows/running-desk.ts';
import type { RunningDesk } from '../flows/running-desk.ts';
import { ledgerOf } from './fetched-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
  await desk.in((trx) => trx('mailbox').update({ acknowledge: true }));
});
afterAll(() => desk.stop());

interface Written {
  id: string;
  from: string;
  to?: string;
  subject?: string;
  day: string;
  answers?: string;
  bytes?: number;
}

function archived(mail: Written): ArchivedMail {
  const lines = [
    `From: ${mail.from}`,
    `To: ${mail.to ?? `support@${desk.company}.test`}`,
    `Subject: ${mail.subject ?? 'A cracked lamp'}`,
    `Message-ID: <${mail.id}@archive.test>`,
    `Date: ${new Date(mail.day).toUTCString()}`,
    ...(mail.answers === undefined ? [] : [`In-Reply-To: <${mail.answers}@archive.test>`]),
    '',
    `The words of ${mail.id}.`,
    '',
  ];
  const raw = Buffer.from(lines.join('\r\n'));
  return { name: mail.id, raw, bytes: mail.bytes ?? raw.length, archivedAt: null };
}

async function* each(mails: readonly Written[]): AsyncGenerator<ArchivedMail> {
  for (const mail of mails) yield archived(mail);
}

const importAll = (mails: readonly Written[], as: ImportTarget['as'] = 'solved') =>
  importMails(desk.intake, { company: desk.company, mailbox: desk.mailbox, as }, each(mails));

/** Eleanor's of three mails, Otto's, and one that Bo began; and a mail that is too large. */
function threeConversations(): Written[] {
  const ours = `support@${desk.company}.test`;
  return [
    { id: 'a1', from: 'Eleanor <eleanor@brightmail.test>', day: '2024-03-01T10:00:00Z' },
    {
      id: 'b1',
      from: 'Otto <otto@brightmail.test>',
      subject: 'Bulbs',
      day: '2024-03-01T11:00:00Z',
    },
    {
      id: 'a2',
      from: `Acme <${ours}>`,
      to: 'eleanor@brightmail.test',
      day: '2024-03-02T10:00:00Z',
      answers: 'a1',
    },
    { id: 'a3', from: 'eleanor@brightmail.test', day: '2024-03-03T10:00:00Z', answers: 'a2' },
    {
      id: 'c1',
      from: `Bo <bo@${desk.company}.test>`,
      to: 'Ines <ines@brightmail.test>',
      subject: 'Your order',
      day: '2024-04-01T10:00:00Z',
    },
    { id: 'big', from: 'otto@brightmail.test', day: '2024-04-02T10:00:00Z', bytes: 40_000_000 },
  ];
}

test('an archive becomes solved tickets of its time, in which nobody is written to', async () => {
  const mails = threeConversations();
  const counts = await importAll(mails);
  expect(counts).toMatchObject({ imported: 5, known: 0, failed: [] });
  expect(counts.parked).toMatchObject([
    { name: 'big', reason: expect.stringMatching(/^too large/) },
  ]);
  const ledger = await ledgerOf(desk, 6);
  const numberOf = (id: string) =>
    ledger.find(({ message_id: messageId }) => messageId === `${id}@archive.test`)?.ticket ?? 0;
  const [a, b, c] = [numberOf('a1'), numberOf('b1'), numberOf('c1')];
  expect([numberOf('a2'), numberOf('a3')]).toEqual([a, a]);
  expect(new Set([a, b, c]).size).toBe(3);
  for (const number of [a, b, c]) await desk.event(number, 'closed');

  const events = await desk.events(a);
  expect(events.slice(0, 3)).toMatchObject([
    { type: 'created', at: '2024-03-01T10:00:00.000Z' },
    { type: 'received', imported: true },
    { type: 'solved', at: '2024-03-01T10:00:00.000Z', kind: 'operations' },
  ]);
  const types = events.map(({ type }) => type).toSorted();
  expect(types).toEqual(['closed', 'created', 'received', 'received', 'received', 'solved']);
  const tickets = await desk.in((trx) =>
    trx('ticket as t')
      .join('customer as c', 'c.id', 't.customer')
      .orderBy('number')
      .select('t.number', 't.state', 'c.email', 't.created_at', 't.last_message_at'),
  );
  expect(tickets).toMatchObject([
    { number: a, state: 'solved', email: 'eleanor@brightmail.test' },
    { number: b, state: 'solved', email: 'otto@brightmail.test' },
    { number: c, state: 'solved', email: 'ines@brightmail.test' },
  ]);
  expect(tickets[0]).toMatchObject({
    created_at: '2024-03-01T10:00:00.000Z',
    last_message_at: '2024-03-03T10:00:00.000Z',
  });
  const messages: { direction: string }[] = await desk.in((trx) =>
    trx('message').where({ ticket: a }).orderBy('at'),
  );
  expect(messages.map(({ direction }) => direction)).toEqual(['in', 'out', 'in']);
  const [written] = await desk.in((trx) => trx('message').where({ ticket: c }));
  expect(written).toMatchObject({ direction: 'out', writer: desk.bo });
  expect(await desk.in((trx) => trx('reminder'))).toEqual([]);
  expect(desk.sink.mails).toEqual([]);

  const again = await importAll(mails);
  expect(again).toMatchObject({ imported: 0, failed: [] });
  expect(await desk.in((trx) => trx('mail'))).toHaveLength(6);
});

test('an answer to an archived conversation makes a ticket that follows it up', async () => {
  await importAll([
    { id: 'd1', from: 'Uma <uma@brightmail.test>', subject: 'Glass', day: '2024-05-01T10:00:00Z' },
  ]);
  const ledger = await ledgerOf(desk, 1, ({ message_id: id }) => id === 'd1@archive.test');
  const old = ledger[0]?.ticket ?? 0;
  await desk.event(old, 'closed');
  const number = await desk.write({
    from: 'Uma <uma@brightmail.test>',
    subject: 'Re: Glass',
    inReplyTo: 'd1@archive.test',
  });
  const created = await desk.event(number, 'created');
  expect(created).toMatchObject({ followUpOf: old });
});

test('an archive can be left as new tickets, which wait for an agent', async () => {
  await importAll(
    [{ id: 'e1', from: 'Vera <vera@brightmail.test>', day: '2024-06-01T10:00:00Z' }],
    'new',
  );
  const ledger = await ledgerOf(desk, 1, ({ message_id: id }) => id === 'e1@archive.test');
  const number = ledger[0]?.ticket ?? 0;
  await desk.event(number, 'received');
  const [ticket] = await desk.in((trx) => trx('ticket').where({ number }));
  expect(ticket).toMatchObject({ state: 'new', waiting_since: '2024-06-01T10:00:00.000Z' });
  expect(desk.sink.mails.filter(({ to }) => to.includes('vera@brightmail.test'))).toEqual([]);
});
