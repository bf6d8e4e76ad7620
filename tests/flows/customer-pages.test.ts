import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/deps.ts';
import { createBlobStore } from '../../mail/blob-store.ts';
import { makeLinkToken } from '../../mail/link-token.ts';
import { parseMail } from '../../mail/parse.ts';
import { readConfig } from '../../runtime/config.ts';
import { testLog } from '../../runtime/logger.ts';
import { SECRET } from './desk-worker.ts';
import { newTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
let app: Api;
beforeAll(async () => {
  desk = await startRunningDesk();
  await desk.in((trx) => trx('mailbox').update({ acknowledge: true }));
  const { place, database, workflows } = desk;
  app = await buildApp({
    ...{ database, workflows, logger: testLog, checks: {} },
    blobs: createBlobStore(place.blobFolder),
    config: readConfig({
      DATABASE_URL: place.databaseUrl,
      TEMPORAL_ADDRESS: place.temporalAddress,
      SMTP_URL: place.smtpUrl,
      POSTKEEP_DATA: place.blobFolder,
      POSTKEEP_SECRET: SECRET,
    }),
    listen: { subscribe: () => () => undefined, close: async () => undefined },
  });
});
afterAll(async () => {
  await app.close();
  await desk.stop();
});

/** The text of a mail of this kind, as its reader sees it. */
async function textOf(ticket: OneTicket, kind: string): Promise<string> {
  const { message } = await ticket.event('delivery', (event) => event.kind === kind);
  const mail = await desk.sink.next(
    ({ headers }) => headers.messageId?.startsWith(message) === true,
  );
  return (await parseMail(mail.raw)).text;
}

function pathIn(text: string, start: string): string {
  return new RegExp(`http://desk\\.test(/${start}/\\S+)`).exec(text)?.[1] ?? 'no link';
}

const post = (url: string, fields: { [name: string]: string }) => {
  const payload = new URLSearchParams(fields).toString();
  const type = 'application/x-www-form-urlencoded';
  return app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
};

async function answer(page: string, text: string): Promise<number> {
  const form = new FormData();
  form.append('text', text);
  const encoded = new Response(form);
  const answered = await app.inject({
    method: 'POST',
    url: `${page}/answer`,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  return answered.statusCode;
}

test('the acknowledgement leads to the page, where an answer reopens the ticket', async () => {
  const ticket = await newTicket(desk);
  const page = pathIn(await textOf(ticket, 'acknowledgement'), 't');
  const seen = await app.inject({ url: page });
  expect(seen.payload).toContain('The shade arrived with a crack.');
  await ticket.command('claim', { agent: desk.bo, by: desk.bo });
  await ticket.command('solve', { summary: false, by: desk.bo });
  expect(await answer(page, 'It has a crack still.')).toBe(303);
  await ticket.event('reopened', ({ why }) => why === 'customer');
  expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.bo });
  await post(`${page}/solved`, {});
  const solved = await ticket.event('solved', ({ kind }) => kind === 'customer');
  expect(solved.by).toEqual({ kind: 'customer' });
});

test('the links of the summary rate the help, and agents see none of them', async () => {
  const ticket = await newTicket(desk);
  await ticket.command('claim', { agent: desk.bo, by: desk.bo });
  await ticket.command('solve', { summary: true, by: desk.bo });
  const text = await textOf(ticket, 'summary');
  const rating = pathIn(text, 'rate');
  expect(text).toContain(`Bad: http://desk.test${rating.replace('good', 'bad')}`);
  expect((await app.inject({ url: rating })).statusCode).toBe(200);
  expect(await ticket.types()).not.toContain('rated');
  expect((await post(rating, { score: 'good', comment: 'Fast' })).statusCode).toBe(303);
  expect(await ticket.event('rated')).toMatchObject({ score: 'good', agent: desk.bo });
  const kept = await desk.in((trx) =>
    trx('message').where({ kind: 'summary', ticket: ticket.number }).first(),
  );
  expect(JSON.stringify(kept)).not.toMatch(/\/(rate|t)\/\d/);
});

test('an old link has a new one mailed, which opens the page', async () => {
  const ticket = await newTicket(desk);
  const { company } = desk;
  const expires = Date.now() - 1_000;
  const token = makeLinkToken(SECRET, 'ticket', { company, number: ticket.number, expires });
  await post(`/t/${token}/link`, {});
  const text = await textOf(ticket, 'link');
  expect(text).toContain(`Here is a new link to your request ${ticket.number}.`);
  const page = pathIn(text, 't');
  expect(page).not.toBe(`/t/${token}`);
  expect((await app.inject({ url: page })).statusCode).toBe(200);
  expect(await ticket.state()).toMatchObject({ state: 'new', waitingSince: expect.any(String) });
});
