import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rebuildProjection } from '../../database/rebuild.ts';
import type { MailRow } from '../../database/rows.ts';
import { acceptParked } from '../../intake/parked.ts';
import { splitMail } from '../../intake/split-mail.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { parseMail } from '../../mail/parse.ts';
import { resolveFrom } from '../../mail/testing/zone.ts';
import { makeTicketToken } from '../../mail/token.ts';
import { askUntil } from './ask-until.ts';
import { SECRET } from './desk-worker.ts';
import { arrivalOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { newTicket, ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

/** Where the letters of these tests come from, and who may send from there. */
const zone = {
  'TXT agents.test': [['v=spf1 ip4:203.0.113.84 -all']],
  'TXT _dmarc.agents.test': [['v=DMARC1; p=reject']],
  'TXT bank.test': [['v=spf1 -all']],
  'TXT _dmarc.bank.test': [['v=DMARC1; p=reject']],
};
const BO = 'Bo Ek <bo@agents.test>';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
  desk.intake.resolve = resolveFrom(zone);
  await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ email: 'bo@agents.test' }));
});
afterAll(() => desk.stop());

async function take(letter: Partial<Letter>): Promise<MailRow> {
  const [stored] = await takeMail(desk.intake, arrivalOf(desk.company, letter));
  if (!stored) throw new Error('no mailbox took the mail');
  return settled(stored.row.id);
}

async function settled(id: string): Promise<MailRow> {
  return askUntil(async () => {
    const row: MailRow = await desk.in((trx) => trx('mail').where({ id }).first('*'));
    return row.outcome === 'pending' ? undefined : row;
  });
}

async function shown(mail: MailRow) {
  return desk.in((trx) => trx('message').where({ id: mail.message }).first('*'));
}

const addressOf = ({ number }: OneTicket): string =>
  `support+${makeTicketToken(SECRET, desk.company, number)}@${desk.company}.test`;

async function messageIdsOf(ticket: OneTicket): Promise<string[]> {
  const rows = await desk.in((trx) => trx('mail').where({ ticket: ticket.number }));
  return rows.map((row: MailRow) => row.message_id ?? '');
}

describe('a mail that refers to a ticket', () => {
  test('from a stranger begins a ticket of its own, linked with the old one', async () => {
    const ticket = await newTicket(desk);
    const [known = ''] = await messageIdsOf(ticket);
    const mail = await take({ from: 'eve@elsewhere.test', inReplyTo: known });
    expect(mail).toMatchObject({ outcome: 'new_ticket', follow_up_of: ticket.number });
    expect(mail.ticket).not.toBe(ticket.number);
    expect(await ticket.event('followedUp')).toMatchObject({ ticket: mail.ticket });
    await ticket.command('claim', { agent: desk.bo, by: desk.bo });
  });

  test('from somebody who was copied joins it, once marked as from someone new', async () => {
    const ticket = ticketOf(desk, await desk.write({ headers: ['Cc: carl@brightmail.test'] }));
    const [known = ''] = await messageIdsOf(ticket);
    const letter = { from: 'carl@brightmail.test', inReplyTo: known };
    const first = await take(letter);
    const second = await take(letter);
    expect([first.ticket, second.ticket]).toEqual([ticket.number, ticket.number]);
    expect([await shown(first), await shown(second)]).toMatchObject([
      { stranger: true },
      { stranger: false },
    ]);
  });

  test('by its own address joins it whoever sent it, marked as from someone new', async () => {
    const ticket = await newTicket(desk);
    const mail = await take({ from: 'eve@elsewhere.test', to: addressOf(ticket) });
    expect(mail).toMatchObject({ ticket: ticket.number, outcome: 'added', stranger: true });
  });
});

describe('a mail of somebody else in the ticket of a customer', () => {
  const count = async (ticket: OneTicket) =>
    (await ticket.types()).filter((type) => type === 'followedUp').length;

  test('is made a ticket of its own, once, and both tickets name each other', async () => {
    const ticket = await newTicket(desk);
    const mail = await take({ from: 'eve@elsewhere.test', to: addressOf(ticket) });
    const split = () => splitMail(desk.intake, desk.company, mail.id);
    await Promise.all([split(), split()]);
    const own = await settled(mail.id);
    expect(own).toMatchObject({ outcome: 'new_ticket', follow_up_of: ticket.number });
    expect(own.ticket).not.toBe(ticket.number);
    expect(await ticket.event('followedUp')).toMatchObject({ ticket: own.ticket });
    const other = ticketOf(desk, Number(own.ticket));
    expect(await other.event('created')).toMatchObject({ followUpOf: ticket.number });
    expect(await other.event('received')).toMatchObject({ message: mail.message });
    expect(await shown(own)).toMatchObject({ ticket: own.ticket, stranger: false });
    await ticket.command('claim', { agent: desk.bo, by: desk.bo });
    await split();
    expect([await count(ticket), await count(other)]).toEqual([1, 0]);

    const folded = () => desk.in((trx) => trx('ticket').select('*').orderBy('number'));
    const before = await folded();
    await rebuildProjection(desk.database, desk.company);
    expect(await folded()).toEqual(before);
  });

  test('that is the customer’s own after all stays where it is', async () => {
    const ticket = await newTicket(desk);
    const [first = ''] = await messageIdsOf(ticket);
    const own = await take({ inReplyTo: first });
    expect(own).toMatchObject({ ticket: ticket.number, outcome: 'added' });
    const split = splitMail(desk.intake, desk.company, own.id);
    await expect(split).rejects.toMatchObject({ refusal: { code: 'not_allowed' } });
    expect(await settled(own.id)).toEqual(own);
  });
});

describe('a mail from the address of an agent', () => {
  test('that is verified goes out to the customer as the answer of that agent', async () => {
    const ticket = await newTicket(desk);
    const mail = await take({
      from: BO,
      to: addressOf(ticket),
      text: `Write to ${addressOf(ticket)}.\r\nA shade leaves today.\r\n\r\n> It is cracked.`,
    });
    expect(mail).toMatchObject({ outcome: 'added', ticket: ticket.number });
    expect(await shown(mail)).toMatchObject({ direction: 'out', writer: desk.bo, mail: mail.id });
    await ticket.event('claimed', ({ agent }) => agent === desk.bo);
    const sent = await desk.sink.next(({ raw }) => raw.includes('A shade leaves today.'));
    expect(sent.to).toEqual(['eleanor@brightmail.test']);
    const own = sent.raw.toString().split('wrote (')[0] ?? '';
    expect(own).toContain(`Write to support@${desk.company}.test.`);
  });

  test('goes out as it looks there, with its own images and files and no other', async () => {
    const ticket = await newTicket(desk);
    const image = (id: string) => [
      ...['--rel', 'Content-Type: image/png', `Content-ID: <${id}@bo>`],
      ...['Content-Disposition: inline', 'Content-Transfer-Encoding: base64', ''],
      `iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dw${id}`,
    ];
    const mail = await take({
      from: BO,
      to: addressOf(ticket),
      contentType: 'multipart/mixed; boundary=mix',
      text: [
        ...['--mix', 'Content-Type: multipart/related; boundary=rel', ''],
        ...['--rel', 'Content-Type: text/html; charset=utf-8', ''],
        '<script>alert(1)</script><p>See <b>this</b> drawing: <img src="cid:AAAA@bo"></p>',
        `<p>Or <a href="mailto:${addressOf(ticket)}">write</a> to us.</p>`,
        '<div class="gmail_quote">On Thu, Nov 19, 2026 at 5:20 PM Eleanor wrote:',
        '<blockquote type="cite">',
        'It is cracked. <img src="cid:BBBB@bo"></blockquote></div>',
        ...image('AAAA'),
        ...image('BBBB'),
        ...['--rel--', '--mix', 'Content-Type: text/plain; name=guide.txt'],
        ...['Content-Disposition: attachment; filename=guide.txt', '', 'How to', '--mix--'],
      ].join('\r\n'),
    });
    expect(mail).toMatchObject({ outcome: 'added', ticket: ticket.number });
    const { html } = await shown(mail);
    expect(html).toContain('<b>this</b>');
    const sent = await desk.sink.next(({ raw }) => raw.includes('guide.txt'));
    const arrived = await parseMail(sent.raw);
    const own = arrived.html?.split('data-quote')[0] ?? '';
    expect(own).toContain('See <b>this</b> drawing: <img src="cid:AAAA@bo"');
    expect(own).toContain(`href="mailto:support@${desk.company}.test"`);
    expect(own).not.toMatch(/script|alert|BBBB|cracked/);
    expect(arrived.attachments.map(({ filename, inline }) => [filename, inline])).toEqual([
      [expect.any(String), true],
      ['guide.txt', false],
    ]);
    expect(arrived.replyText).toContain('See this drawing:');
  });

  test('that went to the customer too stands there as sent, and is not sent again', async () => {
    const ticket = await newTicket(desk);
    const headers = ['Cc: eleanor@brightmail.test'];
    const mail = await take({ from: BO, to: addressOf(ticket), headers, text: 'Sent by myself.' });
    expect(mail.outcome).toBe('added');
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    expect(desk.sink.mails.filter(({ raw }) => raw.includes('Sent by myself.'))).toEqual([]);
  });

  test('that nothing proves is kept with a warning, and sent to nobody', async () => {
    const ticket = await newTicket(desk);
    desk.intake.resolve = null;
    const mail = await take({ from: BO, to: addressOf(ticket), text: 'Pay to this account.' });
    desk.intake.resolve = resolveFrom(zone);
    expect(mail).toMatchObject({ outcome: 'automatic', ticket: ticket.number });
    expect((await shown(mail)).warning).toContain('nothing proves');
    expect((await ticket.types()).filter((type) => type === 'queued')).toEqual([]);
  });

  test('that forwards a customer’s mail makes the ticket of that customer', async () => {
    const text = [
      'Can you take this?',
      '',
      '-------- Ursprüngliche Nachricht --------',
      'Von: Carla Jung <carla@brightmail.test>',
      'Gesendet: Montag, 23. November 2026 10:00',
      'An: Bo Ek',
      'Betreff: Lampe',
      '',
      'Sie flackert.',
    ].join('\r\n');
    const mail = await take({ from: BO, subject: 'WG: Lampe', text });
    expect(mail.outcome).toBe('new_ticket');
    expect(await shown(mail)).toMatchObject({
      from_name: 'Carla Jung',
      from_address: 'carla@brightmail.test',
      forwarded_by: desk.bo,
    });
    const customer = await desk.in((trx) =>
      trx('customer').where({ id: mail.customer }).first('email', 'name'),
    );
    expect(customer).toEqual({ email: 'carla@brightmail.test', name: 'Carla Jung' });
  });

  test('that asks something itself makes a ticket of the agent as a customer', async () => {
    const mail = await take({ from: BO, subject: 'My own lamp' });
    expect(mail).toMatchObject({ outcome: 'new_ticket', from_address: 'bo@agents.test' });
    expect(mail.customer).not.toBeNull();
  });
});

describe('a forged mail', () => {
  test('of a domain that wants it refused waits for a person, who may let it in', async () => {
    const mail = await take({ from: 'Bank <info@bank.test>', subject: 'Your account' });
    expect(mail).toMatchObject({ outcome: 'parked', ticket: null, message: null });
    expect(mail.reason).toContain('bank.test');
    expect(mail.authentication).toMatchObject({ verdict: 'failed', policy: 'reject' });
    const { ticket } = await acceptParked(desk.intake, desk.company, mail.id);
    expect(await settled(mail.id)).toMatchObject({ outcome: 'new_ticket', ticket });
  });

  test('is taken as ever when the name servers are dead', async () => {
    desk.intake.resolve = () => new Promise(() => undefined);
    const mail = await take({ from: 'Bank <info@bank.test>', subject: 'My account' });
    desk.intake.resolve = resolveFrom(zone);
    expect(mail).toMatchObject({ outcome: 'new_ticket' });
    expect(mail.authentication).toMatchObject({ verdict: 'temperror' });
  });
});

test('the server that a mailbox names is believed only behind a relay of ours', async () => {
  await desk.in((trx) => trx('mailbox').update({ authserv_id: 'mx.own.test' }));
  const verdictOf = async (remoteAddress: string) => {
    const results = 'mx.own.test; dmarc=pass header.from=shop.test';
    const arrival = arrivalOf(desk.company, {
      from: 'bo@shop.test',
      headers: [`Authentication-Results: ${results}`],
    });
    const envelope = { ...arrival.envelope, remoteAddress };
    const [stored] = await takeMail(desk.intake, { ...arrival, envelope });
    return (await settled(stored?.row.id ?? '')).authentication;
  };
  expect(await verdictOf('10.0.0.5')).toMatchObject({
    verdict: 'verified',
    checkedBy: 'mx.own.test',
  });
  expect(await verdictOf('203.0.113.84')).toMatchObject({
    verdict: 'none',
    checkedBy: 'postkeep',
  });
});

test('one mail in two deliveries, one for each of our mailboxes, is one ticket', async () => {
  const { company } = desk;
  await desk.in((trx) =>
    trx('mailbox').insert({
      company,
      id: 'sales',
      address: `sales@${company}.test`,
      name: 'Sales',
    }),
  );
  const letter = { to: `support@${company}.test, sales@${company}.test`, messageId: 'two@x.test' };
  const arrival = arrivalOf(company, letter);
  const to = (address: string) => ({
    ...arrival,
    envelope: { ...arrival.envelope, to: [address] },
  });
  const both = [`support@${company}.test`, `sales@${company}.test`].map(to);
  const stored = await Promise.all(both.map((one) => takeMail(desk.intake, one)));
  const rows = stored.flat().map(({ row }) => row);
  expect(new Set(rows.map(({ ticket }) => ticket)).size).toBe(1);
  expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'pending']);
});
