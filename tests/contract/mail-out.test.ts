import { beforeAll, describe, expect, test } from 'vitest';

import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually, inSeconds } from './eventually.ts';
import { addressIn, newMessageId, newTicket, outcomeOf, send, write } from './letters.ts';
import { contract } from './product.ts';
import { mailTo, mailsTo } from './world-mail.ts';
import type { GotMail } from './world-mail.ts';

let desk: Company;
let anna: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('mailout');
  anna = await desk.agent('Anna');
});

let customers = 0;
const newCustomer = () => `customer-${(customers += 1)}@${desk.id}.example`;

async function replied(number: number, more: object = {}): Promise<void> {
  await anna.done('POST', `/tickets/${number}/reply`, {
    text: `Answer to ${number}`,
    undoSeconds: 0,
    ...more,
  });
}

const isAnswer = ({ headers }: GotMail) => headers['auto-submitted'] === undefined;
const isAutomatic = ({ headers }: GotMail) => headers['auto-submitted'] === 'auto-replied';
const idOf = ({ headers }: GotMail) => headers['message-id']?.replace(/[<>]/g, '') ?? '';

describe('a blind copy', () => {
  test('is delivered, and stands in no header of what anybody gets', async () => {
    const from = newCustomer();
    const number = await newTicket(desk.admin, { to: desk.mailbox.address, from });
    const hidden = newCustomer();
    await replied(number, { bcc: hidden });
    const mail = await mailTo(from);
    expect(mail.envelope.to.sort()).toEqual([from, hidden].sort());
    expect(mail.raw).not.toContain(hidden);
  });
});

describe('an answer', () => {
  let mail: GotMail;
  let first: string;
  let number: number;

  beforeAll(async () => {
    const from = `Eleanor Hughes <${newCustomer()}>`;
    first = newMessageId();
    number = await newTicket(desk.admin, { to: desk.mailbox.address, from, messageId: first });
    await replied(number);
    mail = await mailTo(addressIn(from));
  });

  test('is From the mailbox', () => {
    expect(mail.parsed.from?.value).toEqual([
      { name: `Desk of ${desk.id}`, address: desk.mailbox.address },
    ]);
  });

  test('has a Reply-To with the token of its ticket', () => {
    const [replyTo] = mail.parsed.replyTo?.value ?? [];
    expect(replyTo?.address).toMatch(new RegExp(`^support\\+[a-z0-9]+@${desk.id}\\.test$`));
  });

  test('has one Message-ID, the one that the timeline shows', async () => {
    const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
    const entry = body.items.find((one: { direction?: string }) => one.direction === 'out');
    expect(entry).toMatchObject({ messageId: idOf(mail) });
    expect(mail.headers['message-id']).not.toContain('\n');
  });

  test('refers to the mail that it answers', () => {
    expect(mail.headers['in-reply-to']).toBe(`<${first}>`);
    expect(mail.headers['references']).toBe(`<${first}>`);
  });

  test('has a text and an HTML part', () => {
    expect(mail.headers['content-type']).toMatch(/^multipart\/alternative/);
    expect(mail.parsed.text).toContain(`Answer to ${number}`);
    expect(mail.parsed.html).toContain(`Answer to ${number}`);
  });

  test('is addressed to the customer, dated, and says Re: with the ticket’s number', () => {
    expect(mail.headers['subject']).toBe(`Re: [#${number}] A cracked lamp`);
    expect(Math.abs(Date.parse(mail.headers['date'] ?? '') - Date.now())).toBeLessThan(60_000);
    expect(mail.envelope.from).toMatch(new RegExp(`@${desk.id}\\.test$`));
  });

  test('is not marked as automatic, since a person wrote it', () => {
    expect(mail.headers['auto-submitted']).toBeUndefined();
    expect(mail.headers['x-auto-response-suppress']).toBeUndefined();
  });

  test('shows no note, no label and no other agent', async () => {
    await anna.done('POST', `/tickets/${number}/notes`, { text: 'Secret remark' });
    await anna.done('PUT', `/tickets/${number}/labels/Difficult`);
    await replied(number, { text: 'Last answer' });
    const last = await mailTo(mail.envelope.to[0] ?? '', ({ raw }) => raw.includes('Last answer'));
    expect(last.raw).not.toMatch(/Secret remark|Difficult/);
  });

  test('carries the whole thread in References', async () => {
    const answer = await write(desk.admin, {
      to: mail.parsed.replyTo?.value[0]?.address ?? '',
      from: mail.envelope.to[0] ?? '',
      inReplyTo: idOf(mail),
      references: [first, idOf(mail)],
    });
    expect(answer).toMatchObject({ outcome: 'added', ticket: number });
    await replied(number, { text: 'In thread' });
    const next = await mailTo(mail.envelope.to[0] ?? '', ({ raw }) => raw.includes('In thread'));
    expect(next.headers['in-reply-to']).toBe(`<${answer.messageId}>`);
    const references = next.headers['references']?.split(/\s+/) ?? [];
    expect(references.at(-1)).toBe(`<${answer.messageId}>`);
    expect(references).toEqual(
      expect.arrayContaining([`<${first}>`, mail.headers['message-id'] ?? '']),
    );
  });
});

describe('POST /tickets', () => {
  test('composes: 201, open, ours, and replies thread onto it', async () => {
    const to = newCustomer();
    const answer = await anna.call('POST', '/tickets', {
      to,
      subject: 'Your order',
      text: 'It has left today.',
      undoSeconds: 0,
    });
    expect(answer.status).toBe(201);
    const { number } = answer.body;
    expect(answer.body).toMatchObject({
      subject: 'Your order',
      state: 'open',
      owner: { id: anna.id },
      turn: 'customer',
      customer: { email: to },
      mailbox: { id: desk.mailbox.id },
    });
    const mail = await mailTo(to);
    expect(mail.parsed.subject).toBe(`[#${number}] Your order`);
    expect(mail.headers['in-reply-to']).toBeUndefined();
    const row = await write(desk.admin, {
      to: desk.mailbox.address,
      from: to,
      inReplyTo: idOf(mail),
      subject: 'Re: something else',
    });
    expect(row).toMatchObject({ outcome: 'added', ticket: number });
  });

  test('takes to as an array, html, cc, a mailbox and undoSeconds', async () => {
    const made = await desk.admin.done('POST', '/mailboxes', { address: `sales@${desk.id}.test` });
    const [to, second, cc] = [newCustomer(), newCustomer(), newCustomer()];
    await anna.done('POST', '/tickets', {
      mailbox: made.body.id,
      to: [to, second],
      cc: [cc],
      subject: 'An offer',
      html: '<p>Two lamps</p>',
      undoSeconds: 0,
    });
    const mail = await mailTo(second);
    expect(mail.envelope.to.sort()).toEqual([to, second, cc].sort());
    expect(mail.parsed.from?.value[0]?.address).toBe(`sales@${desk.id}.test`);
    expect(mail.parsed.text).toContain('Two lamps');
  });

  test('takes cc as a string too', async () => {
    const [to, cc] = [newCustomer(), newCustomer()];
    await anna.done('POST', '/tickets', { to, cc, subject: 'x', text: 'x', undoSeconds: 0 });
    expect((await mailTo(cc)).envelope.to.sort()).toEqual([to, cc].sort());
  });

  test('can be undone while it waits', async () => {
    const to = newCustomer();
    const { body } = await anna.done('POST', '/tickets', {
      to,
      subject: 'Oh',
      text: 'x',
      undoSeconds: 60,
    });
    const next = await anna.done('GET', `/tickets/${body.number}/next`);
    expect(next.body.items).toMatchObject([{ kind: 'send' }]);
    await anna.done('DELETE', `/messages/${next.body.items[0].id}`);
    expect((await anna.done('GET', `/tickets/${body.number}/next`)).body.items).toEqual([]);
    expect(await mailsTo(to)).toEqual([]);
  });

  test.each([
    ['nobody', { to: [] }, 400],
    ['no address', { to: 'nobody' }, 400],
    ['no subject', { subject: '' }, 400],
    ['no words', { text: '' }, 400],
    ['an unknown mailbox', { mailbox: 'nothing' }, 404],
  ])('to or with %s is refused', async (_, wrong, status) => {
    const given = { to: 'a@b.example', subject: 'Hello', text: 'Hi', ...wrong };
    expect((await anna.call('POST', '/tickets', given)).status).toBe(status);
  });
});

describe('automatic mail', () => {
  test('an acknowledgement is marked, when the mailbox has it on', async () => {
    const address = `ack@${desk.id}.test`;
    await desk.admin.done('POST', '/mailboxes', { address, acknowledge: true });
    const from = newCustomer();
    const number = await newTicket(desk.admin, { to: address, from });
    const mail = await mailTo(from, isAutomatic);
    expect(mail.headers['x-auto-response-suppress']).toBe('All');
    expect(mail.headers['in-reply-to']).toBeDefined();
    expect(mail.parsed.text).toMatch(/\S/);
    expect(mail.parsed.replyTo?.value[0]?.address).toContain('+');
    const { body } = await anna.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({ state: 'new', turn: 'ours' });
  });

  test.each([
    ['an out-of-office', ['Auto-Submitted: auto-replied'], undefined],
    ['an alert', ['Auto-Submitted: auto-generated'], undefined],
    ['a mailing list', ['Precedence: bulk', 'List-Id: <x.example>'], undefined],
    ['a null sender', [], ''],
  ])('is never sent to %s', async (_, headers, envelopeFrom) => {
    const address = `ack@${desk.id}.test`;
    const from = newCustomer();
    const messageId = newMessageId();
    await send({ to: address, from, headers, envelopeFrom, messageId });
    const row = await outcomeOf(desk.admin, messageId);
    expect(row.automatic).toBe(true);
    // What would be answered is answered by the time that the next mail is.
    const witness = newCustomer();
    await write(desk.admin, { to: address, from: witness });
    await mailTo(witness, isAutomatic);
    expect(await mailsTo(from)).toEqual([]);
  });

  test('a summary is the transcript, marked, without notes', async () => {
    const from = newCustomer();
    const number = await newTicket(desk.admin, { to: desk.mailbox.address, from });
    await anna.done('POST', `/tickets/${number}/notes`, { text: 'Secret remark' });
    await replied(number);
    await anna.done('POST', `/tickets/${number}/solve`, { summary: true });
    const mail = await mailTo(from, isAutomatic);
    expect(mail.headers['x-auto-response-suppress']).toBe('All');
    expect(mail.parsed.text).toContain(`Answer to ${number}`);
    expect(mail.parsed.text).toContain('The shade arrived with a crack.');
    expect(mail.raw).not.toContain('Secret remark');
  });

  test('a reminder goes to the agent, with an empty sender and no token', async () => {
    const from = newCustomer();
    const number = await newTicket(desk.admin, {
      to: desk.mailbox.address,
      from,
      subject: 'My secret wish',
    });
    await anna.done('POST', `/tickets/${number}/claim`);
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(1) });
    const mail = await mailTo(anna.email, ({ raw }) => raw.includes(`Ticket ${number}:`));
    expect(mail.envelope.from).toBe('');
    expect(mail.headers['auto-submitted']).toBe('auto-generated');
    expect(mail.headers['x-auto-response-suppress']).toBe('All');
    expect(mail.raw).not.toMatch(/support\+/);
    expect(mail.raw).not.toContain('My secret wish');
    expect(mail.parsed.text).toContain(contract.url);
    expect(isAnswer(mail)).toBe(false);
  });

  test('an answer to a reminder stays quiet', async () => {
    const reminder = (await mailsTo(anna.email)).at(-1);
    if (!reminder) throw new Error('there was no reminder before');
    const row = await write(desk.admin, {
      to: desk.mailbox.address,
      from: anna.email,
      inReplyTo: idOf(reminder),
    });
    expect(row.automatic).toBe(true);
  });
});

test('the signature of the mailbox closes each answer', async () => {
  await desk.admin.done('PATCH', `/mailboxes/${desk.mailbox.id}`, { signature: 'The lamp people' });
  const from = newCustomer();
  const number = await newTicket(desk.admin, { to: desk.mailbox.address, from });
  await replied(number);
  const { parsed } = await mailTo(from);
  expect(parsed.text).toMatch(/Answer to \d+\s+-- \nThe lamp people\n/);
  expect(parsed.html).toContain('The lamp people');
});

test('a reply goes to the Reply-To of the customer’s newest mail', async () => {
  const from = newCustomer();
  const elsewhere = newCustomer();
  const number = await newTicket(desk.admin, {
    to: desk.mailbox.address,
    from,
    headers: [`Reply-To: ${elsewhere}`],
  });
  await replied(number);
  await eventually('mail', async () => (await mailsTo(elsewhere)).length === 1);
});
