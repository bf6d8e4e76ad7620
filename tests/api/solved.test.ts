import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { insertArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { sweepExchanges } from '../../intake/solve-exchange.ts';
import { testLog } from '../../runtime/logger.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let acme: Desk;
let anna: string;
let workflows: RecordingWorkflows | undefined;

const WASH = 'Wash the linen shade by hand in cold water, and let it dry in the dark.';
const QUESTION = 'How do I wash the linen shade?';

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_solved', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  acme = await createDesk(api.database, 'acme');
  await createDesk(api.database, 'globex');
  anna = await api.tokenFor(acme, acme.anna);
  await acme.in(async (trx) => {
    await insertKnowledgeBase(trx, { id: 'help', name: 'Help', public: true });
    const wash = { id: 'wash', title: 'Wash a linen shade', body: WASH, language: 'en' };
    await insertArticle(trx, { ...wash, published: true, knowledgeBase: 'help' });
    const mailbox = { assistant: 'answer', acknowledge: true, team: acme.support };
    await trx('mailbox').where({ id: acme.mailbox }).update(mailbox);
  });
});

beforeEach(() => {
  if (workflows) workflows.away = false;
});

afterAll(() => api.stop());

let asker = 0;

async function post(path: string, payload?: object): Promise<Answer> {
  asker += 1;
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    remoteAddress: `10.2.0.${asker}`,
    ...(payload === undefined ? {} : { payload }),
  });
  const { statusCode: status, headers, payload: text } = answer;
  return { status, headers, text, body: answer.json() };
}

async function asked(question = QUESTION, conversation?: string): Promise<string> {
  const more = conversation === undefined ? {} : { conversation };
  const { body } = await post('/public/support@acme.test/ask', { question, ...more });
  return body.conversation;
}

const solved = (conversation: string, visitor?: object): Promise<Answer> =>
  post(`/public/conversations/${conversation}/solved`, visitor);

const get = async (path: string) => (await api.call(anna, 'GET', path)).body;

test('what was solved is a solved ticket with the exchange in it, and no mail', async () => {
  const conversation = await asked(QUESTION, await asked('Is there a zebra?'));
  const { status, body } = await solved(conversation, { email: 'Eva@Visitor.test', name: 'Eva' });
  expect([status, Object.keys(body)]).toEqual([200, ['number']]);
  const ticket = await get(`/tickets/${body.number}`);
  expect(ticket).toMatchObject({
    state: 'solved',
    subject: 'Is there a zebra?',
    solvedBy: { kind: 'assistant' },
    owner: null,
    team: { id: acme.support },
    customer: { name: 'Eva', email: 'eva@visitor.test' },
    snippet: expect.stringContaining('cold water'),
    waitingSince: null,
  });
  const { items } = await get(`/tickets/${body.number}/timeline`);
  const visitor = { direction: 'in', by: { kind: 'customer', name: 'Eva' }, state: 'received' };
  expect(items).toMatchObject([
    { kind: 'event', type: 'created' },
    { kind: 'message', ...visitor, text: 'Is there a zebra?', exchange: true },
    { kind: 'message', ...visitor, text: QUESTION },
    { kind: 'message', direction: 'out', by: { kind: 'assistant' }, state: 'sent' },
    { kind: 'event', type: 'deflected' },
  ]);
  expect(items[3].text).toContain(WASH);
  expect(items[3].text).toContain('/help/acme/wash');
  const sends = await acme.in((trx) => trx('message_delivery'));
  expect(sends).toEqual([]);
  const found = await get('/tickets?view=solved&q=linen');
  expect(found.items.map(({ number }: { number: number }) => number)).toContain(body.number);
});

test('saying so twice is one ticket', async () => {
  const conversation = await asked();
  const first = await solved(conversation);
  const again = await solved(conversation, { email: 'late@visitor.test' });
  expect([again.status, again.body]).toEqual([200, first.body]);
  const log = await acme.in((trx) =>
    trx('ticket_event').where({ ticket: again.body.number, type: 'deflected' }),
  );
  expect(log).toHaveLength(1);
});

test('who says nothing is a visitor of their own', async () => {
  const [one, two] = [await solved(await asked()), await solved(await asked())];
  const customers = await Promise.all(
    [one, two].map(async ({ body }) => (await get(`/tickets/${body.number}`)).customer),
  );
  expect(customers).toMatchObject([
    { name: 'Visitor', email: '' },
    { name: 'Visitor', email: '' },
  ]);
  expect(customers[0].id).not.toBe(customers[1].id);
  const reply = { text: 'Hello' };
  const answer = await api.call(anna, 'POST', `/tickets/${one?.body.number}/reply`, reply);
  expect([answer.status, answer.body.detail]).toEqual([400, expect.stringMatching(/no mail addr/)]);
});

test('what is stored while Temporal is away is handed over by the sweep', async () => {
  if (!workflows) throw new Error('no workflows');
  const conversation = await asked();
  workflows.away = true;
  const { status, body } = await solved(conversation);
  expect(status).toBe(200);
  expect((await api.call(anna, 'GET', `/tickets/${body.number}`)).status).toBe(404);
  const { database } = api;
  const sweep = () => sweepExchanges({ database, workflows: away(), logger: testLog }, 0);
  await expect(sweep()).rejects.toThrow();
  workflows.away = false;
  await sweep();
  expect(await get(`/tickets/${body.number}`)).toMatchObject({ state: 'solved' });
  workflows.asked.length = 0;
  await sweep();
  expect(workflows.asked).toEqual([]);
});

test('what is refused is tried ever less often, then given up and forgotten', async () => {
  const { database } = api;
  away().away = true;
  const { body } = await solved(await asked());
  let tries = 0;
  const command = async () => {
    tries += 1;
    throw new Error('the ticket is broken');
  };
  const broken = { database, workflows: { ...away(), command }, logger: testLog };
  const rows = () =>
    acme.in((trx) =>
      trx('exchange')
        .where({ ticket: body.number })
        .select('tries', trx.raw('isfinite(next_try_at) as again')),
    );
  await sweepExchanges(broken, 0);
  await sweepExchanges(broken, 0);
  expect([tries, await rows()]).toEqual([1, [{ tries: 1, again: true }]]);
  const due = { tries: 14, next_try_at: '2020-01-01' };
  await acme.in((trx) => trx('exchange').where({ ticket: body.number }).update(due));
  await sweepExchanges(broken, 0);
  await sweepExchanges(broken, 0);
  expect([tries, await rows()]).toEqual([2, [{ tries: 15, again: false }]]);
  await acme.in((trx) =>
    trx('exchange').where({ ticket: body.number }).update({ expires_at: '2020-01-01' }),
  );
  await tidyUp(database, { auditKeepDays: 365 });
  expect(await rows()).toEqual([]);
});

function away(): RecordingWorkflows {
  if (!workflows) throw new Error('no workflows');
  return workflows;
}

test('a wrong, expired or unanswered conversation is refused', async () => {
  expect(await solved('x'.repeat(43))).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await solved(await asked(), { email: 'no address' })).status).toBe(400);
  const nothing = await solved(await asked('zebra'));
  expect(nothing).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
  const old = await asked();
  await acme.in((trx) => trx('exchange').update({ expires_at: '2020-01-01' }));
  expect((await solved(old)).status).toBe(404);
});

/** A form is handed over right after it was answered. */
const HANDED_OVER_MS = 20_000;

const FORM = { name: 'Eva', email: 'eva@visitor.test', subject: 'Linen', text: 'It did not help.' };

async function wrote(form: object): Promise<Answer> {
  return post('/contact/support@acme.test', { ...FORM, ...form });
}

async function ticketOnce(number: number) {
  const status = async () => (await api.call(anna, 'GET', `/tickets/${number}`)).status;
  await expect.poll(status, { timeout: HANDED_OVER_MS }).toBe(200);
  return get(`/tickets/${number}`);
}

test('a form that comes with a conversation is a new ticket with the exchange in it', async () => {
  const conversation = await asked();
  const { status, body } = await wrote({ conversation });
  expect([status, Object.keys(body)]).toEqual([201, ['number']]);
  expect(await ticketOnce(body.number)).toMatchObject({ state: 'new', turn: 'ours' });
  const { items } = await get(`/tickets/${body.number}/timeline`);
  const said = items.filter(({ kind }: { kind: string }) => kind === 'message');
  expect(said.slice(0, 3)).toMatchObject([
    { direction: 'in', text: QUESTION, exchange: true },
    { direction: 'out', by: { kind: 'assistant' }, exchange: true },
    { direction: 'in', text: FORM.text, exchange: false },
  ]);
  // Whom it did not help on the page is answered by a person, and told that the mail arrived.
  const types = items.map(
    ({ type, messageKind }: { [field: string]: string }) => type ?? messageKind,
  );
  expect(types).toContain('acknowledgement');
  const log = await acme.in((trx) => trx('ticket_event').where({ ticket: body.number }));
  const isAsked = ({ type }: { type: string }) => type === 'assistantAsked';
  expect(log.find(isAsked)?.data.mode).toBe('suggest');
  const late = await solved(conversation);
  expect(late).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
});

test('a form with a wrong conversation is refused, and without one it is taken', async () => {
  const theirs = await post('/public/support@globex.test/ask', { question: QUESTION });
  for (const conversation of ['x'.repeat(43), theirs.body.conversation]) {
    const { status, body } = await wrote({ conversation });
    expect([status, body.code]).toEqual([404, 'not_found']);
  }
  const { body } = await wrote({ subject: 'Alone' });
  expect(await ticketOnce(body.number)).toMatchObject({ subject: 'Alone', state: 'new' });
  const { items } = await get(`/tickets/${body.number}/timeline`);
  expect(items.filter(({ exchange }: { exchange?: boolean }) => exchange)).toEqual([]);
});
