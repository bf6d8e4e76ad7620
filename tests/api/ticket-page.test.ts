import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { insertNote } from '../../database/queries/notes.ts';
import { makeLinkToken } from '../../mail/link-token.ts';
import { askUntil } from '../flows/ask-until.ts';
import { answerQueued, createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

const SECRET = 'only for this test';
const DAY_MS = 86_400_000;
const TICKET = 500;
/** Of the same company, and not this customer's business. */
const OTHER = 501;

let api: ReadingApi;
let workflows: RecordingWorkflows;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_ticket_page', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  const text = 'It is <img src=x onerror=alert(1)> broken.';
  await customerWrote(desk, TICKET, { subject: 'A <b>lamp</b>', text });
  await customerWrote(desk, OTHER, { subject: 'Another', text: 'Another secret' });
  await fill();
});
afterAll(() => api.stop());

/** Answers, notes, labels, and what others wrote. */
async function fill(): Promise<void> {
  const { company, mailbox, customer } = desk;
  const agent = desk.bo;
  const from = { from_address: 'support@acme.test', from_name: 'Acme Support' };
  const answer = { company, ticket: TICKET, direction: 'out', kind: 'reply', mailbox, customer };
  const ours = { ...answer, ...from, writer: agent, recipients: ['eleanor@brightmail.test'] };
  const in_ = { company, ticket: TICKET, direction: 'in', kind: 'customer', mailbox };
  await desk.in(async (trx) => {
    await trx('message').insert([
      { ...ours, id: 'told', text: 'A new one is on its way.', cc: ['boss@elsewhere.test'] },
      { ...ours, id: 'waiting', text: 'Not sent yet secret' },
    ]);
    await trx('customer').insert({ company, id: 'other', name: 'Ola', email: 'ola@else.test' });
    await trx('message').insert([
      { ...in_, id: 'aside', customer: 'other', text: 'Aside secret', recipients: ['x@acme.test'] },
      {
        ...{ ...in_, id: 'shared', customer: 'other', from_address: 'ola@else.test' },
        ...{ text: 'I know that lamp.', recipients: ['Eleanor@Brightmail.test'] },
      },
    ]);
    await insertNote(trx, { id: 'n', ticket: TICKET, agent, text: 'Note secret', mentions: [] });
    await trx('label').insert({ company, id: 'l', name: 'label-secret' });
    const file = { company, content_type: 'text/plain', bytes: 3, hash: '0'.repeat(64) };
    await trx('attachment').insert([
      { ...file, id: 'shown-file', message: 'told', filename: 'manual.txt' },
      { ...file, id: 'aside-file', message: 'aside', filename: 'aside-secret.txt' },
      { ...file, id: 'bad-file', message: 'told', filename: 'virus-secret.txt', threat: 'Eicar' },
      { ...file, id: 'other-file', message: `acme-in-${OTHER}`, filename: 'other-secret.txt' },
    ]);
  });
  const by = { kind: 'agent', id: agent } as const;
  const received = (message: string) =>
    ({ type: 'received', mail: `mail-${message}`, message, automatic: false }) as const;
  const started = { type: 'sendStarted', message: 'told', kind: 'reply', attempt: 1 } as const;
  await happen(desk, TICKET, [
    { by, event: { type: 'claimed', agent, from: null } },
    answerQueued(agent, 'told'),
    { event: started },
    answerQueued(agent, 'waiting', { leaveAt: '2099-01-01T00:00:00.000Z', later: true }),
    { event: received('aside') },
    { event: received('shared') },
    { by, event: { type: 'noted', note: 'n' } },
    { by, event: { type: 'labelled', label: 'l' } },
  ]);
}

const tokenOf = (number = TICKET, inMs = DAY_MS, company = 'acme'): string =>
  makeLinkToken(SECRET, 'ticket', { company, number, expires: Date.now() + inMs });

const get = (path: string) => api.app.inject({ url: `/t/${path}` });

async function post(path: string, parts: [string, string | File][]) {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const encoded = new Response(form);
  return api.app.inject({
    method: 'POST',
    url: `/t/${path}`,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
}

async function formOn(token: string): Promise<string> {
  const { payload } = await get(token);
  return /name="form" value="([^"]+)"/.exec(payload)?.[1] ?? '';
}

/** The mails that came in, copies apart. */
async function storedFor(number: number): Promise<number> {
  const rows = await desk.in((trx) =>
    trx('mail').where({ ticket: number }).whereNot({ outcome: 'duplicate' }).select('id'),
  );
  return rows.length;
}

/** The newest mail of the ticket, once it has this text. */
function newestMail(number: number, text: string): Promise<object> {
  return askUntil(async () => {
    const { body } = await api.call(bo, 'GET', `/tickets/${number}/timeline?limit=200`);
    const mails = body.items.filter(({ kind }: { kind: string }) => kind === 'message');
    return mails.at(-1)?.text === text ? mails.at(-1) : undefined;
  });
}

test('the page shows the conversation as the customer knows it, and nothing else', async () => {
  const { statusCode, payload, headers } = await get(tokenOf());
  expect(statusCode).toBe(200);
  for (const seen of [
    'A &lt;b&gt;lamp&lt;/b&gt;',
    'It is &lt;img src=x onerror=alert(1)&gt; broken.',
    'A new one is on its way.',
    '<strong>Bo Lindqvist</strong>',
    '<strong>You</strong>',
    'I know that lamp.',
    'Somebody else in the conversation',
    'manual.txt',
    'Files (10 MB each, 25 MB together)',
  ]) {
    expect(payload).toContain(seen);
  }
  expect(payload).not.toMatch(/secret|\w@\w|<script|<img|claimed|203\.0\.113/);
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': 'no-store',
  });
});

test('its files are those of the mails that it shows', async () => {
  await desk.in((trx) => trx('attachment').where({ id: 'shown-file' }).update({ hash: 'x' }));
  const { hash } = await api.blobs.put(Buffer.from('abc'));
  await desk.in((trx) => trx('attachment').update({ hash }));
  const got = await get(`${tokenOf()}/files/shown-file`);
  expect([got.statusCode, got.payload]).toEqual([200, 'abc']);
  expect(got.headers['content-disposition']).toMatch(/^attachment; filename="manual.txt"/);
  for (const id of ['aside-file', 'bad-file', 'other-file', 'nothing']) {
    expect([id, (await get(`${tokenOf()}/files/${id}`)).statusCode]).toEqual([id, 404]);
  }
});

test('an answer is a mail of the ticket, with its files, once if sent twice', async () => {
  const token = tokenOf();
  const form = await formOn(token);
  const before = await storedFor(TICKET);
  const text = 'Thank you.\n\n<script>alert(1)</script>';
  for (let press = 0; press < 2; press += 1) {
    const answer = await post(`${token}/answer`, [
      ['form', form],
      ['text', text],
      ['files', new File(['a,b'], '../list.csv')],
      ['files', new File([], '')],
    ]);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`/t/${token}?sent`);
  }
  expect(await storedFor(TICKET)).toBe(before + 1);
  const from = { name: 'Eleanor Hughes', email: 'eleanor@brightmail.test' };
  const attachments = [{ filename: 'list.csv', size: 3 }];
  expect(await newestMail(TICKET, text)).toMatchObject({ direction: 'in', from, attachments });
  const page = await get(`${token}?sent`);
  expect(page.payload).toContain('Thank you, we have your message.');
  expect(page.payload).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  await post(`${token}/answer`, [
    ['form', await formOn(token)],
    ['text', text],
  ]);
  expect(await storedFor(TICKET)).toBe(before + 2);
});

test('nothing, too much and programs are not sent, in words', async () => {
  const token = tokenOf();
  const before = await storedFor(TICKET);
  const empty = await post(`${token}/answer`, [['text', ' \n ']]);
  expect([empty.statusCode, empty.payload.includes('Write something or')]).toEqual([400, true]);
  const large = new File([new Uint8Array(10 * 1_048_576 + 1)], 'large.bin');
  const answer = await post(`${token}/answer`, [['files', large]]);
  expect([answer.statusCode, answer.payload.includes('That was too much')]).toEqual([413, true]);
  const program = await post(`${token}/answer`, [['files', new File(['MZ\0\0'], 'a.txt')]]);
  expect([program.statusCode, program.payload.includes('such files')]).toEqual([415, true]);
  expect(await storedFor(TICKET)).toBe(before);
});

test('the customer says that it is solved, and an answer opens the ticket again', async () => {
  const token = tokenOf();
  expect((await get(`${token}/solved`)).statusCode).toBe(404);
  const said = await api.app.inject({ method: 'POST', url: `/t/${token}/solved` });
  expect([said.statusCode, said.headers.location]).toEqual([303, `/t/${token}?settled`]);
  await api.app.inject({ method: 'POST', url: `/t/${token}/solved` });
  const { body } = await api.call(bo, 'GET', `/tickets/${TICKET}`);
  expect(body).toMatchObject({ state: 'solved', solvedBy: { kind: 'customer' } });
  const { payload } = await get(`${token}?settled`);
  const rating = /href="(\/rate\/[^"]+)"/.exec(payload)?.[1] ?? '';
  expect((await api.app.inject({ url: rating })).statusCode).toBe(200);
  await post(`${token}/answer`, [['text', 'It broke again.']]);
  await newestMail(TICKET, 'It broke again.');
  const again = await api.call(bo, 'GET', `/tickets/${TICKET}`);
  expect(again.body).toMatchObject({ state: 'open', owner: { id: desk.bo } });
});

test('what is written to a closed ticket goes on in a new one, whose page comes next', async () => {
  const closeAt = '2026-12-01T00:00:00.000Z';
  const solved = { type: 'solved', kind: 'agent', agent: desk.bo, summary: false } as const;
  await happen(desk, OTHER, [
    { event: { ...solved, summarySkipped: null, closeAt } },
    { event: { type: 'closed' } },
  ]);
  const answer = await post(`${tokenOf(OTHER)}/answer`, [['text', 'One more thing.']]);
  expect(answer.statusCode).toBe(303);
  const number = await askUntil(async () => {
    const { body } = await api.call(bo, 'GET', `/tickets/${OTHER}`);
    return body.followUps[0];
  });
  expect(answer.headers.location).toMatch(new RegExp(`^/t/(${number}|${OTHER})-`));
  await newestMail(number, 'One more thing.');
  const next = await get(tokenOf(number));
  expect(next.payload).toContain('One more thing.');
  expect(next.payload).not.toContain('Another secret');
});

test('links that nobody made lead nowhere, and old ones work while somebody writes', async () => {
  const expires = Date.now() + DAY_MS;
  const link = { company: 'acme', number: TICKET, expires };
  const forged = [
    makeLinkToken('x', 'ticket', link),
    makeLinkToken(SECRET, 'rate', link),
    tokenOf().replace(/^500-/, '501-'),
    tokenOf().replace(/acme$/, 'globex'),
    tokenOf(999),
  ];
  for (const token of forged) {
    for (const path of [token, `${token}/files/shown-file`]) {
      expect([path, (await get(path)).statusCode]).toEqual([path, 404]);
    }
    expect((await post(`${token}/answer`, [['text', 'Hello']])).statusCode).toBe(404);
    const solved = await api.app.inject({ method: 'POST', url: `/t/${token}/solved` });
    expect(solved.statusCode).toBe(404);
  }
  const old = tokenOf(TICKET, -DAY_MS);
  expect((await get(old)).statusCode).toBe(200);
  await desk.in((trx) => trx('ticket').update({ last_message_at: '2020-01-01' }));
  const over = await get(old);
  expect([over.statusCode, over.payload.includes('too old')]).toEqual([410, true]);
  expect(over.payload).not.toContain('A new one is on its way.');
  expect((await get(`${old}/files/shown-file`)).statusCode).toBe(410);
  expect((await post(`${old}/answer`, [['text', 'Hello']])).statusCode).toBe(410);
  expect(workflows.asked.filter((name) => name === 'settle')).toHaveLength(1);
  expect(workflows.asked).not.toContain('sendLink');
});

test('an old link has a new one mailed, to the customer only and not without end', async () => {
  const old = tokenOf(TICKET, -DAY_MS);
  const ask = (token: string) => api.app.inject({ method: 'POST', url: `/t/${token}/link` });
  for (let press = 0; press < 5; press += 1) {
    const asked = await ask(old);
    expect([asked.statusCode, asked.payload.includes('on its way')]).toEqual([200, true]);
    expect(asked.payload).not.toMatch(/\w@\w/);
  }
  const links: object[] = await desk.in((trx) =>
    trx('message').where({ kind: 'link' }).select('ticket', 'recipients'),
  );
  const toCustomer = { ticket: TICKET, recipients: ['eleanor@brightmail.test'] };
  expect(links).toEqual([toCustomer, toCustomer, toCustomer]);
  expect((await ask(old.replace(/^500-/, '501-'))).statusCode).toBe(404);
});
