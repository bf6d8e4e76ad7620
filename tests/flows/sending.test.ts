import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConversation, readThread } from '../../database/queries/outgoing.ts';
import { readTimelineMessages } from '../../database/queries/timeline-content.ts';
import type { SendAttemptRow } from '../../database/rows.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { parseMail } from '../../mail/parse.ts';
import { arrivalOf } from './letter.ts';
import { composedTicket, inHours, inSeconds, newTicket, openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { forCustomers } from './smtp-sink.ts';
import type { SunkMail } from './smtp-sink.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

function copiesOf(message: string): SunkMail[] {
  return desk.sink.mails.filter(({ headers }) => headers.messageId?.startsWith(`${message}@`));
}

function arrivalAt(message: string): Promise<SunkMail> {
  return desk.sink.next(({ headers }) => headers.messageId?.startsWith(`${message}@`) ?? false);
}

function attemptsOf(message: string): Promise<SendAttemptRow[]> {
  return desk.in((trx) => trx('send_attempt').where({ message }).orderBy('attempt'));
}

/** What has to leave first, had the one before not been held back: waits for a later mail. */
async function laterMailHasLeft(ticket: OneTicket, undoSeconds: number): Promise<void> {
  await arrivalAt(await ticket.reply({ undoSeconds }));
}

async function snippetOf({ number }: OneTicket): Promise<unknown> {
  return desk.in((trx) => trx('ticket').where({ number }).pluck('snippet')).then(([row]) => row);
}

describe('the seconds of undo', () => {
  test('take back the mail and what was to follow, not the claim', async () => {
    const ticket = await newTicket(desk);
    const message = await ticket.reply({ undoSeconds: 1, then: { solve: { summary: false } } });
    expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.bo });
    await ticket.command('cancelSend', { message, by: desk.bo });
    await laterMailHasLeft(ticket, 2);
    expect(copiesOf(message)).toEqual([]);
    expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.bo });
    expect(await ticket.types()).not.toContain('solved');
  });

  test('show what is to leave in lists, when an agent began the ticket', async () => {
    const { ticket, message } = await composedTicket(desk, { undoSeconds: 3_600 });
    expect(await snippetOf(ticket)).toBe('A new shade leaves tomorrow.');
    await ticket.command('cancelSend', { message, by: desk.bo });
    expect(await snippetOf(ticket)).toBe('');
  });

  test('end with the mail leaving, and only then it is the turn of the customer', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply({ undoSeconds: 1 });
    expect(await ticket.state()).toMatchObject({ waitingSince: expect.any(String) });
    await ticket.event('sendStarted', (event) => event.message === message);
    await ticket.settled();
    expect(await ticket.state()).toMatchObject({ waitingSince: null });
    await arrivalAt(message);
  });

  test('once over are over: it can be neither taken back nor moved', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('hold'));
    const message = await ticket.reply();
    const cancel = await ticket.refusal('cancelSend', { message, by: desk.bo });
    const move = await ticket.refusal('moveSend', { message, at: inHours(1), by: desk.bo });
    expect([cancel.code, move.code]).toEqual(['too_late', 'too_late']);
    desk.sink.behave('accept');
    await arrivalAt(message);
  });

  test.each([
    ['pended', { pend: { until: '2027-01-31T09:00:00.000Z', reason: null } }],
    ['solved', { solve: { summary: false } }],
  ])('end with the ticket being %s, if the writer asked for it', async (type, then) => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply({ undoSeconds: 1, then });
    await arrivalAt(message);
    await ticket.settled();
    expect((await ticket.types()).slice(3, 6)).toEqual(['queued', 'sendStarted', type]);
  });
});

describe('a mail to be sent later', () => {
  test('leaves at its date, which can be moved', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply({ sendAt: inHours(1) });
    const at = inSeconds(2);
    await ticket.command('moveSend', { message, at, by: desk.bo });
    const started = await ticket.event('sendStarted');
    expect(Date.parse(started.at)).toBeGreaterThanOrEqual(Date.parse(at) - 1_000);
    await arrivalAt(message);
  });

  test('can be cancelled', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply({ sendAt: inSeconds(1) });
    await ticket.command('cancelSend', { message, by: desk.bo });
    await laterMailHasLeft(ticket, 2);
    expect(copiesOf(message)).toEqual([]);
  });

  test('is dropped when the customer writes first, if its writer wanted that', async () => {
    const ticket = await openTicket(desk);
    const dropped = await ticket.reply({ sendAt: inSeconds(4), dropIfCustomerWrites: true });
    const kept = await ticket.reply({ sendAt: inSeconds(4) });
    await ticket.customerWrites();
    const cancelled = await ticket.event('sendCancelled');
    expect(cancelled).toMatchObject({ message: dropped, why: 'customer' });
    await arrivalAt(kept);
    expect(copiesOf(dropped)).toEqual([]);
  });

  test('is cancelled by solving; one in its undo seconds goes on', async () => {
    const ticket = await openTicket(desk);
    const later = await ticket.reply({ sendAt: inSeconds(2) });
    const leaving = await ticket.reply({ undoSeconds: 2 });
    await ticket.command('solve', { summary: false, by: desk.bo });
    await arrivalAt(leaving);
    expect(copiesOf(later)).toEqual([]);
  });
});

describe('a mail that the server', () => {
  test('refuses has failed, with its words; a person is reminded; it can go again', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('refuse'));
    const message = await ticket.reply();
    const delivery = await ticket.event('delivery', (event) => event.message === message);
    desk.sink.behave('accept');
    expect(delivery).toMatchObject({ outcome: 'failed', next: null });
    expect(await attemptsOf(message)).toMatchObject([
      { outcome: 'failed', code: 550, response: expect.stringContaining('no such user here') },
    ]);
    const reminded = await ticket.event('reminded');
    expect(reminded).toMatchObject({ kind: 'delivery_failed', agents: [desk.bo], message });

    await ticket.command('resend', { message, by: desk.bo });
    await ticket.event('delivery', ({ outcome, attempt }) => outcome === 'sent' && attempt === 2);
    expect(copiesOf(message)).toHaveLength(1);
  });

  test('takes for some of its recipients only is sent; a person is told the rest', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave((to) => (to.startsWith('gone@') ? 'refuse-recipient' : 'accept'));
    const message = await ticket.reply({ cc: ['gone@brightmail.test'] });
    const delivery = await ticket.event('delivery', (event) => event.message === message);
    expect(delivery).toMatchObject({ outcome: 'sent' });
    const refused = [
      { address: 'gone@brightmail.test', reason: expect.stringContaining('no such user here') },
    ];
    expect(await attemptsOf(message)).toMatchObject([{ outcome: 'sent', refused }]);
    const reminded = await ticket.event('reminded');
    expect(reminded).toMatchObject({ kind: 'delivery_failed', agents: [desk.bo], message });
    expect(copiesOf(message)).toMatchObject([{ to: ['eleanor@brightmail.test'] }]);
    const shown = await desk.in((trx) => readTimelineMessages(trx, [message]));
    expect(shown.get(message)).toMatchObject({ state: 'sent', refused });
    desk.sink.behave('accept');
    expect((await ticket.refusal('resend', { message, by: desk.bo })).code).toBe('not_allowed');
  });

  test('does not take now is tried again: the date is recorded, and is a timer', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('defer'));
    const message = await ticket.reply();
    const delivery = await ticket.event('delivery');
    desk.sink.behave('accept');
    expect(delivery).toMatchObject({ outcome: 'deferred', attempt: 1 });
    expect(Date.parse(delivery.next ?? '') - Date.parse(delivery.at)).toBe(30_000);
    await ticket.settled();
    const send = { state: 'deferred', at: delivery.next };
    expect(await ticket.state()).toMatchObject({ sends: { [message]: send } });
    expect(await attemptsOf(message)).toMatchObject([{ code: 451, outcome: 'deferred' }]);
  });

  test('took before the line broke is uncertain: sent again by a person only', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('break-after-data'));
    const message = await ticket.reply();
    await ticket.event('delivery', ({ outcome }) => outcome === 'uncertain');
    desk.sink.behave('accept');
    await laterMailHasLeft(ticket, 1);
    await ticket.settled();
    expect(copiesOf(message)).toHaveLength(1);
    expect(await attemptsOf(message)).toHaveLength(1);

    await ticket.command('resend', { message, by: desk.bo });
    await ticket.event('delivery', ({ outcome, attempt }) => outcome === 'sent' && attempt === 2);
    const [first, second, ...more] = copiesOf(message);
    expect(more).toEqual([]);
    expect(second?.raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
    const refusal = await ticket.refusal('resend', { message, by: desk.bo });
    expect(refusal.code).toBe('not_allowed');
  });

  test('reports as undeliverable is bounced, and opens a pending ticket', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply();
    const sent = await arrivalAt(message);
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    await ticket.command('pend', { until: inHours(1), by: desk.bo });
    const report = await takeMail(desk.intake, reportAbout(sent));
    expect(report).toMatchObject([{ isPending: true }]);
    await ticket.event('delivery', ({ outcome }) => outcome === 'bounced');
    await ticket.event('resumed', ({ why }) => why === 'delivery');
    const mail = await desk.in((trx) => trx('mail').where({ id: report[0]?.row.id }).first());
    expect(mail).toMatchObject({ outcome: 'bounce', ticket: ticket.number });
  });
});

/** A delivery report (RFC 3464) as it comes back to the return path of a mail. */
function reportAbout({ from, headers, to }: SunkMail) {
  const parts = [
    ['text/plain', 'The address does not exist.'],
    [
      'message/delivery-status',
      `Reporting-MTA: dns; mx.brightmail.test\r\n\r\nFinal-Recipient: rfc822; ${to[0]}\r\n` +
        'Action: failed\r\nStatus: 5.1.1\r\n',
    ],
    ['text/rfc822-headers', `Message-ID: <${headers.messageId}>\r\n`],
  ];
  const body = parts.map(([type, text]) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`);
  return arrivalOf(desk.company, {
    from: 'MAILER-DAEMON@brightmail.test',
    envelopeFrom: '',
    to: from,
    subject: 'Undelivered mail returned to sender',
    contentType: 'multipart/report; report-type=delivery-status; boundary=b',
    text: `${body.join('')}--b--`,
  });
}

test('a mail that cannot be made ready is tried again later, not at once for ever', async () => {
  const ticket = await openTicket(desk);
  const message = await ticket.draft();
  await desk.in((trx) =>
    trx('message')
      .where({ id: message })
      .update({ rendered_hash: '0'.repeat(64) }),
  );
  await ticket.command('reply', { message, by: desk.bo });
  const delivery = await ticket.event('delivery');
  expect(delivery).toMatchObject({ outcome: 'deferred', attempt: 1 });
  expect(Date.parse(delivery.next ?? '') - Date.parse(delivery.at)).toBe(30_000);
  expect(await attemptsOf(message)).toMatchObject([
    { outcome: 'deferred', handed_over_at: null, response: expect.stringContaining('made ready') },
  ]);
});

describe('a mail that the desk writes', () => {
  test('quotes the mail that it answers, below a line that people can read', async () => {
    const ticket = await openTicket(desk);
    const { raw } = await arrivalAt(await ticket.reply());
    expect((await parseMail(raw)).quotedText).toMatch(
      /^On \w{3}, \d\d \w{3} \d{4} at \d\d:\d\d UTC, Eleanor Hughes wrote:\n> /,
    );
  });

  test('is rendered once: it tells of what was when it was asked for', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('break-after-data'));
    await ticket.command('solve', { summary: true, by: desk.bo });
    const { message } = await ticket.event('delivery', ({ kind }) => kind === 'summary');
    desk.sink.behave('accept');
    await ticket.customerWrites({ text: 'This came after the summary.' });
    await ticket.event('reopened');
    await ticket.command('resend', { message, by: desk.bo });
    await ticket.event('delivery', (event) => event.message === message && event.attempt === 2);
    const raws = desk.sink.mails
      .filter(({ headers }) => headers.messageId?.startsWith(`${message}.`))
      .map(({ raw }) => raw.toString());
    expect(raws).toHaveLength(2);
    expect(raws[0]).toBe(raws[1]);
    expect(raws[0]).toContain('The shade arrived with a crack.');
    expect(raws[0]).not.toContain('This came after');
  });

  test('tells what the customer read: no mail that failed, and each that came', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('refuse'));
    const lost = await ticket.reply({ text: 'This never left.' });
    await ticket.event('delivery', (event) => event.message === lost);
    desk.sink.behave('accept');
    const said = await arrivalAt(await ticket.reply({ text: 'This was read.' }));
    expect(said.headers.references.join()).not.toContain(lost);
    expect(said.raw.toString()).toContain('> The shade arrived with a crack.');
    await ticket.command('solve', { summary: true, by: desk.bo });
    const { message } = await ticket.event('delivery', ({ kind }) => kind === 'summary');
    const summary = await desk.sink.next(
      ({ headers }) => headers.messageId?.startsWith(`${message}.`) ?? false,
    );
    expect(summary.raw.toString()).toContain('This was read.');
    expect(summary.raw.toString()).toContain('The shade arrived with a crack.');
    expect(summary.raw.toString()).not.toContain('This never left.');
    expect(summary.headers.references.at(-1)).toBe(said.headers.messageId);
  });

  test('is written from the newest mails of a long conversation', async () => {
    const ticket = await openTicket(desk);
    await arrivalAt(await ticket.reply({ text: 'First.' }));
    const last = await ticket.reply({ text: 'Second.' });
    await arrivalAt(last);
    await ticket.settled();
    const { number } = ticket;
    const { mails, earlier } = await desk.in((trx) => readConversation(trx, number, 1_000, 2));
    expect(mails.map(({ text }) => text)).toEqual(['First.', 'Second.']);
    expect(earlier).toBe(1);
    const thread = await desk.in((trx) => readThread(trx, number, 1_000, 1));
    expect(thread).toHaveLength(2);
    expect(thread.at(-1)).toContain(last);
  });

  test('acknowledges the first mail, where the mailbox does, and never a machine', async () => {
    await desk.in((trx) => trx('mailbox').update({ acknowledge: true }));
    const machine = await desk.write({ headers: ['Auto-Submitted: auto-generated'] });
    const ticket = await newTicket(desk);
    const queued = await ticket.event('queued');
    expect(queued).toMatchObject({ kind: 'acknowledgement', upTo: 2 });
    await desk.event(machine, 'received');
    expect((await desk.events(machine)).map(({ type }) => type)).toEqual(['created', 'received']);
    await desk.in((trx) => trx('mailbox').update({ acknowledge: false }));
  });

  test('is no summary to a machine: solved, and the answer says so', async () => {
    const ticket = await openTicket(desk);
    await ticket.customerWrites({ headers: ['Auto-Submitted: auto-replied'] });
    await ticket.event('received', ({ automatic }) => automatic);
    const { events } = await ticket.command('solve', { summary: true, by: desk.bo });
    expect(events).toMatchObject([{ type: 'solved', summarySkipped: 'automatic_sender' }]);
  });

  test('to an agent has no sender, no token and no words of the customer', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('assign', { agent: desk.anna, by: desk.bo });
    const mail = await desk.sink.next(
      ({ to, raw }) =>
        to.includes(`anna@${desk.company}.test`) &&
        raw.toString().includes(`/tickets/${ticket.number}`),
    );
    expect(mail.from).toBe('');
    expect(mail.headers.raw.get('auto-submitted')).toEqual(['auto-generated']);
    expect(mail.raw.toString()).not.toMatch(/support\+|shade|Eleanor|cracked/i);
    expect(mail.raw.toString()).toContain('text/plain');
  });
});
