import { beforeAll, describe, expect, test } from 'vitest';

import { openSmtpDialogue } from '../../mail/testing/smtp-dialogue.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually } from './eventually.ts';
import {
  addressIn,
  handOver,
  newMessageId,
  newTicket,
  outcomeOf,
  rawOf,
  send,
  write,
} from './letters.ts';
import type { LedgerRow } from './letters.ts';
import { contract } from './product.ts';
import { ISO, refusalOf } from './shown.ts';
import { mailTo } from './world-mail.ts';
import type { GotMail } from './world-mail.ts';

let desk: Company;
let anna: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('mailin');
  anna = await desk.agent('Anna');
});

let customers = 0;
const newCustomer = () => `customer-${(customers += 1)}@${desk.id}.example`;
const idOf = ({ headers }: GotMail) => headers['message-id']?.replace(/[<>]/g, '') ?? '';
const MIB = 1024 * 1024;

/** A ticket with an answer of Anna's that the customer got. */
async function answered(): Promise<{ number: number; from: string; answer: GotMail }> {
  const from = newCustomer();
  const number = await newTicket(desk.admin, { to: desk.mailbox.address, from });
  await anna.done('POST', `/tickets/${number}/reply`, { text: 'An answer', undoSeconds: 0 });
  return { number, from, answer: await mailTo(from) };
}

function tokenAddressOf(mail: GotMail): string {
  return mail.parsed.replyTo?.value[0]?.address ?? '';
}

describe('SMTP', () => {
  const smtp = () => openSmtpDialogue(contract.smtpPort);

  test('refuses an unknown recipient with 550 at RCPT, and takes the known one', async () => {
    const dialogue = await smtp();
    expect(await dialogue.say('MAIL FROM:<a@b.example>')).toMatch(/^250/);
    for (const address of [
      `nobody@${desk.id}.test`,
      'support@elsewhere.example',
      `nobody+1abc@${desk.id}.test`,
    ]) {
      expect(await dialogue.say(`RCPT TO:<${address}>`)).toMatch(/^550/);
    }
    expect(await dialogue.say(`RCPT TO:<${desk.mailbox.address.toUpperCase()}>`)).toMatch(/^250/);
    dialogue.close();
  });

  test('accepts local+TOKEN@domain of a mailbox', async () => {
    const { answer } = await answered();
    const dialogue = await smtp();
    await dialogue.say('MAIL FROM:<a@b.example>');
    expect(await dialogue.say(`RCPT TO:<${tokenAddressOf(answer)}>`)).toMatch(/^250/);
    expect(await dialogue.say(`RCPT TO:<support+anything@${desk.id}.test>`)).toMatch(/^250/);
    dialogue.close();
  });

  test('offers SIZE and 8BITMIME, and refuses a SIZE= over the limit with 552', async () => {
    const dialogue = await smtp();
    const offer = await dialogue.say('EHLO client.example');
    expect(offer).toMatch(/^250[- ]8BITMIME\r?$/m);
    const size = Number(/^250[- ]SIZE (\d+)/m.exec(offer)?.[1]);
    expect(size).toBe(25 * MIB);
    expect(await dialogue.say(`MAIL FROM:<a@b.example> SIZE=${size + 1}`)).toMatch(/^552/);
    expect(await dialogue.say(`MAIL FROM:<a@b.example> SIZE=${size}`)).toMatch(/^250/);
    dialogue.close();
  });

  test('refuses a mail over the limit with 552 after DATA, and stores nothing', async () => {
    const { raw, messageId } = rawOf({ to: desk.mailbox.address, text: 'line\r\n'.repeat(10) });
    const large = raw + `${'x'.repeat(998)}\r\n`.repeat(Math.ceil((25 * MIB) / 1_000));
    const to = [desk.mailbox.address];
    expect(await handOver(large, { from: 'a@b.example', to })).toMatch(/^552/);
    const { body } = await desk.admin.done('GET', '/mails?limit=200');
    const rows: LedgerRow[] = body.items;
    expect(rows.filter((row) => row.messageId === messageId)).toEqual([]);
  });

  test('says 250 only when the mail is stored: its ledger row is there at once', async () => {
    const messageId = await send({ to: desk.mailbox.address });
    const { body } = await desk.admin.done('GET', '/mails');
    const rows: LedgerRow[] = body.items;
    expect(rows.map((row) => row.messageId)).toContain(messageId);
  });

  test('takes a null sender, and eight-bit words', async () => {
    const row = await write(desk.admin, {
      to: desk.mailbox.address,
      from: newCustomer(),
      envelopeFrom: '',
      text: 'Größe: 3 µm — 東京',
    });
    const { body } = await anna.done('GET', `/tickets/${row.ticket}/timeline`);
    expect(body.items.at(-1).text).toBe('Größe: 3 µm — 東京');
  });

  test('one mail to two mailboxes of a company is one ticket', async () => {
    const other = `other@${desk.id}.test`;
    await desk.admin.done('POST', '/mailboxes', { address: other });
    const from = newCustomer();
    const recipients = [desk.mailbox.address, other];
    await newTicket(desk.admin, { to: desk.mailbox.address, from, recipients });
    const { body } = await anna.done('GET', `/mails?q=${encodeURIComponent(from)}`);
    expect(body.items).toHaveLength(1);
  });
});

test('LMTP on LMTP_PORT takes mail too, with one answer a recipient', async () => {
  const dialogue = await openSmtpDialogue(contract.lmtpPort, 'LHLO');
  const { raw, messageId } = rawOf({ to: desk.mailbox.address, from: newCustomer() });
  await dialogue.say('MAIL FROM:<a@b.example>');
  expect(await dialogue.say(`RCPT TO:<${desk.mailbox.address}>`)).toMatch(/^250/);
  expect(await dialogue.say(`RCPT TO:<nobody@${desk.id}.test>`)).toMatch(/^550/);
  await dialogue.say('DATA');
  dialogue.write(raw);
  expect(await dialogue.say('.')).toMatch(/^250/);
  dialogue.close();
  expect(await outcomeOf(desk.admin, messageId)).toMatchObject({ outcome: 'new_ticket' });
});

describe('threading', () => {
  test('goes by the token first, whatever the mail refers to', async () => {
    const [one, two] = [await answered(), await answered()];
    const row = await write(desk.admin, {
      to: tokenAddressOf(one.answer),
      from: one.from,
      inReplyTo: idOf(two.answer),
      subject: `[#${two.number}]`,
    });
    expect(row).toMatchObject({ outcome: 'added', ticket: one.number });
  });

  test('then by In-Reply-To and References against known Message-IDs', async () => {
    const [one, two] = [await answered(), await answered()];
    const { from } = one;
    const to = desk.mailbox.address;
    const subject = `[#${two.number}]`;
    for (const refers of [{ inReplyTo: idOf(one.answer) }, { references: [idOf(one.answer)] }]) {
      const row = await write(desk.admin, { to, from, subject, ...refers });
      expect(row).toMatchObject({ outcome: 'added', ticket: one.number });
    }
  });

  test('joins an original to its reply that came first', async () => {
    const from = newCustomer();
    const original = newMessageId();
    const to = desk.mailbox.address;
    const number = await newTicket(desk.admin, { to, from, inReplyTo: original });
    const row = await write(desk.admin, { to, from, messageId: original, subject: 'Other' });
    expect(row).toMatchObject({ outcome: 'added', ticket: number });
  });

  test('then by [#NUMBER] in the subject with the same sender', async () => {
    const from = newCustomer();
    const to = desk.mailbox.address;
    const number = await newTicket(desk.admin, { to, from });
    const subject = `A question about [#${number}]`;
    expect(await write(desk.admin, { to, from, subject })).toMatchObject({
      outcome: 'added',
      ticket: number,
    });
    const stranger = await write(desk.admin, { to, from: newCustomer(), subject });
    expect(stranger.outcome).toBe('new_ticket');
  });

  test('never adds a stranger’s mail by a reference without flagging it', async () => {
    const { number, answer } = await answered();
    const row = await write(desk.admin, {
      to: desk.mailbox.address,
      from: newCustomer(),
      inReplyTo: idOf(answer),
    });
    expect(row.ticket).not.toBe(number);
    expect(row.reason).toContain(String(number));
  });

  test('a second address of a customer is the same customer', async () => {
    const from = newCustomer();
    const to = desk.mailbox.address;
    const number = await newTicket(desk.admin, { to, from });
    const { customer } = (await anna.done('GET', `/tickets/${number}`)).body;
    const email = newCustomer();
    const changed = await anna.call('PATCH', `/customers/${customer.id}`, {
      email,
      name: 'El Hughes',
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ name: 'El Hughes', email });
    expect(changed.body.addresses.sort()).toEqual([from, email].sort());
    for (const address of [from, email]) {
      const subject = `[#${number}] again`;
      const row = await write(desk.admin, { to, from: address, subject });
      expect(row).toMatchObject({ outcome: 'added', ticket: number });
    }
    const tickets = await anna.done('GET', `/customers/${customer.id}/tickets`);
    expect(tickets.body.items.map((one: { number: number }) => one.number)).toEqual([number]);
  });
});

describe('the ledger', () => {
  const to = () => desk.mailbox.address;

  test('has each mail with its outcome, newest first', async () => {
    const from = `Eve Fields <${newCustomer()}>`;
    const row = await write(desk.admin, { to: to(), from, subject: 'Lamps' });
    expect(row).toMatchObject({
      id: expect.any(String),
      receivedAt: expect.stringMatching(ISO),
      messageId: expect.any(String),
      from: { name: 'Eve Fields', email: addressIn(from) },
      subject: 'Lamps',
      outcome: 'new_ticket',
      reason: expect.stringMatching(/\S/),
      automatic: false,
      ticket: expect.any(Number),
    });
    const { body } = await desk.admin.done('GET', '/mails');
    expect(body.items[0]).toEqual(row);
  });

  test('keeps a copy as a duplicate; Received and X- lines do not count', async () => {
    const letter = { to: to(), from: newCustomer(), messageId: newMessageId() };
    const number = await newTicket(desk.admin, letter);
    const headers = ['Received: from elsewhere', 'X-Spam: 0'];
    await send({ ...letter, headers });
    const copy = await outcomeOf(
      desk.admin,
      letter.messageId,
      (row) => row.outcome !== 'new_ticket',
    );
    expect(copy).toMatchObject({ outcome: 'duplicate', ticket: number });
    const other = { ...letter, text: 'Something else' };
    await send(other);
    await eventually('third mail', async () => {
      const { body } = await desk.admin.done('GET', '/mails');
      const rows: LedgerRow[] = body.items;
      return rows.some((row) => row.messageId === letter.messageId && row.outcome === 'added');
    });
  });

  test('the same mail twice at once is one ticket with one message', async () => {
    const { raw, messageId } = rawOf({ to: to(), from: newCustomer() });
    const envelope = { from: 'a@b.example', to: [to()] };
    await Promise.all([1, 2, 3].map(() => handOver(raw, envelope)));
    const first = await outcomeOf(desk.admin, messageId, (row) => row.outcome === 'new_ticket');
    const { body } = await anna.done('GET', `/tickets/${first.ticket}/timeline`);
    const messages = body.items.filter(({ kind }: { kind: string }) => kind === 'message');
    expect(messages).toHaveLength(1);
  });

  test('a bounce of a mail of ours is added quietly and gives the turn back', async () => {
    const { number, answer } = await answered();
    const before = await anna.done('GET', `/tickets/${number}`);
    expect(before.body).toMatchObject({ turn: 'customer', waitingSince: null });
    const row = await write(desk.admin, {
      ...report(answer.envelope.to[0] ?? '', idOf(answer)),
      to: to(),
    });
    expect(row).toMatchObject({ outcome: 'bounce', ticket: number });
    const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
    const ours = body.items.find((one: { messageId?: string }) => one.messageId === idOf(answer));
    expect(ours).toMatchObject({ state: 'bounced', reason: '550 5.1.1 no such user' });
    const after = await anna.done('GET', `/tickets/${number}`);
    expect(after.body).toMatchObject({ turn: 'ours', waitingSince: after.body.createdAt });
    const listed = await anna.done('GET', '/messages?state=bounced');
    expect(listed.body.items.map((one: { id: string }) => one.id)).toContain(ours.message);
  });

  test('a bounce of a mail that is not ours makes no ticket', async () => {
    const row = await write(desk.admin, {
      ...report('x@y.example', 'foreign@y.example'),
      to: to(),
    });
    expect(row).toMatchObject({ outcome: 'bounce', ticket: null });
    expect(row.reason).toMatch(/not ours/);
  });

  test('an out-of-office in a conversation is added quietly: nothing is cancelled', async () => {
    const { number, from, answer } = await answered();
    const at = '2030-01-31T09:00:00.000Z';
    await anna.done('POST', `/tickets/${number}/auto-solve`, { at });
    const row = await write(desk.admin, {
      to: to(),
      from,
      inReplyTo: idOf(answer),
      subject: 'Automatic reply',
      headers: ['Auto-Submitted: auto-replied'],
    });
    expect(row).toMatchObject({ outcome: 'automatic', automatic: true, ticket: number });
    const { body } = await anna.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({ state: 'open', autoSolveAt: at, turn: 'customer' });
  });

  test('an automatic mail that begins a conversation makes a ticket', async () => {
    const row = await write(desk.admin, {
      to: to(),
      from: newCustomer(),
      headers: ['Auto-Submitted: auto-generated'],
    });
    expect(row).toMatchObject({ outcome: 'new_ticket', automatic: true });
  });

  test('?outcome= and ?q= narrow it', async () => {
    const from = newCustomer();
    await write(desk.admin, { to: to(), from, subject: 'Zebrastripes' });
    const found = await desk.admin.done('GET', '/mails?outcome=new_ticket&q=zebrastripes');
    expect(found.body.items).toHaveLength(1);
    expect(found.body.items[0].from.email).toBe(from);
    const none = await desk.admin.done('GET', '/mails?outcome=parked&q=zebrastripes');
    expect(none.body.items).toEqual([]);
    const wrong = await desk.admin.call('GET', '/mails?outcome=lost');
    expect(refusalOf(wrong)).toEqual({ status: 400, code: 'validation' });
  });

  test('GET /mails/ID/raw gives the bytes as they came', async () => {
    const { raw, messageId } = rawOf({ to: to(), from: newCustomer(), text: '.dot\r\nGröße' });
    await handOver(raw, { from: 'a@b.example', to: [to()] });
    const { id } = await outcomeOf(desk.admin, messageId);
    const answer = await desk.admin.call('GET', `/mails/${id}/raw`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('message/rfc822');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.text).toBe(raw);
  });
});

describe('parked mail', () => {
  const park = async (more: object = {}): Promise<LedgerRow> => {
    const { address } = desk.mailbox;
    const row = await write(desk.admin, { to: address, from: address, ...more });
    expect(row).toMatchObject({ outcome: 'parked', ticket: null });
    expect(row.reason).toMatch(/\S/);
    return row;
  };

  test('is a mail of our own that comes back, and is counted', async () => {
    await park();
    expect((await anna.done('GET', '/views')).body.parked).toBeGreaterThan(0);
    const { answer } = await answered();
    const { raw } = answer;
    await handOver(raw, { from: 'forwarder@b.example', to: [desk.mailbox.address] });
    const row = await outcomeOf(desk.admin, idOf(answer));
    expect(row).toMatchObject({ outcome: 'parked', ticket: null });
  });

  test('is a mail that names no sender', async () => {
    const to = desk.mailbox.address;
    const messageId = newMessageId();
    await handOver(`To: ${to}\r\nMessage-ID: <${messageId}>\r\n\r\nHello\r\n`, {
      from: '',
      to: [to],
    });
    expect(await outcomeOf(desk.admin, messageId)).toMatchObject({ outcome: 'parked' });
  });

  test('POST …/accept makes a new ticket of it', async () => {
    const { id } = await park({ text: 'Accept me' });
    const answer = await anna.call('POST', `/mails/${id}/accept`);
    expect(answer.status).toBe(200);
    const number = await eventually('ticket', async () => {
      const { body } = await anna.done('GET', '/mails?outcome=new_ticket');
      return body.items.find((row: LedgerRow) => row.id === id)?.ticket;
    });
    const { body } = await anna.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({ state: 'new', snippet: 'Accept me' });
  });

  test('POST …/attach {ticket} adds it to a ticket', async () => {
    const number = await newTicket(desk.admin, { to: desk.mailbox.address, from: newCustomer() });
    const { id } = await park({ text: 'Attach me' });
    const wrong = await anna.call('POST', `/mails/${id}/attach`, { ticket: 4711 });
    expect(refusalOf(wrong)).toEqual({ status: 404, code: 'not_found' });
    expect((await anna.call('POST', `/mails/${id}/attach`, { ticket: number })).status).toBe(200);
    await eventually('added mail', async () => {
      const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
      return body.items.at(-1).text === 'Attach me';
    });
    const again = await anna.call('POST', `/mails/${id}/accept`);
    expect(refusalOf(again)).toEqual({ status: 409, code: 'not_allowed' });
  });

  test('DELETE removes it; mail of a ticket stays', async () => {
    const { id } = await park({ text: 'Delete me' });
    expect((await anna.call('DELETE', `/mails/${id}`)).status).toBe(204);
    expect((await anna.call('GET', `/mails/${id}/raw`)).status).toBe(404);
    const row = await write(desk.admin, { to: desk.mailbox.address, from: newCustomer() });
    const answer = await anna.call('DELETE', `/mails/${row.id}`);
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'not_allowed' });
  });
});

/** A delivery report (RFC 3464) of a mail to an address. */
function report(address: string, messageId: string) {
  const content = [
    '--b',
    'Content-Type: text/plain',
    '',
    `The mail to ${address} could not be delivered.`,
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${address}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId}>`,
    'Subject: Re: A cracked lamp',
    '--b--',
  ].join('\r\n');
  return {
    from: 'Mail Delivery System <MAILER-DAEMON@mx.example>',
    envelopeFrom: '',
    subject: 'Undelivered Mail Returned to Sender',
    body: {
      contentType: 'multipart/report; report-type=delivery-status; boundary="b"',
      content,
    },
  };
}
