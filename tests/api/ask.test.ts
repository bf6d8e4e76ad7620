import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { insertArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let acme: Desk;
let globex: Desk;

const WASH = 'Wash the linen shade by hand in cold water, and let it dry in the dark.';
const QUESTION = 'How do I wash the linen shade?';

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_ask');
  acme = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  await acme.in(async (trx) => {
    await insertKnowledgeBase(trx, { id: 'help', name: 'Help', public: true });
    await insertKnowledgeBase(trx, { id: 'inside', name: 'Inside', public: false });
    const made = { published: true, language: 'en' };
    const wash = { id: 'wash', title: 'Wash a linen shade', body: WASH };
    await insertArticle(trx, { ...made, ...wash, knowledgeBase: 'help' });
    const codes = { id: 'codes', title: 'Discount codes', body: 'The code LAMP20 works.' };
    await insertArticle(trx, { ...made, ...codes, knowledgeBase: 'inside' });
  });
  await assistant('answer');
});

afterAll(() => api.stop());

async function assistant(mode: 'off' | 'suggest' | 'answer'): Promise<void> {
  await acme.in((trx) => trx('mailbox').where({ id: acme.mailbox }).update({ assistant: mode }));
}

/** Each asks from an address of its own, but for the test of the limit. */
let asker = 0;

async function ask(payload: object, company = 'acme', remoteAddress?: string): Promise<Answer> {
  asker += 1;
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/v1/public/support@${company}.test/ask`,
    remoteAddress: remoteAddress ?? `10.1.0.${asker}`,
    payload,
  });
  const { statusCode: status, headers, payload: text } = answer;
  return { status, headers, text, body: answer.json() };
}

test('a visitor gets an answer from public articles, with where it stands', async () => {
  const { status, body } = await ask({ question: QUESTION, email: 'Eva@Visitor.test' });
  expect(status).toBe(200);
  expect(body).toEqual({
    conversation: expect.stringMatching(/^[\w-]{43}$/),
    answer: WASH,
    reason: null,
    sources: [{ title: 'Wash a linen shade', url: expect.stringMatching(/\/help\/acme\/wash$/) }],
  });
});

test('what is asked is kept with what was answered, and the secret is not', async () => {
  const first = await ask({ question: QUESTION, email: 'eva@visitor.test' });
  const { conversation } = first.body;
  const again = await ask({ question: 'And the price of a zebra?', conversation });
  expect(again.body).toMatchObject({ conversation, answer: null, sources: [] });
  const kept = await acme.in(async (trx) => {
    const [newest] = await trx('exchange').orderBy('begun_at', 'desc').limit(1);
    return { newest, turns: await trx('exchange_turn').where({ exchange: newest.id }) };
  });
  expect(kept.newest).toMatchObject({ mailbox: acme.mailbox, email: 'eva@visitor.test' });
  expect(JSON.stringify(kept)).not.toContain(conversation);
  expect(kept.turns).toMatchObject([
    { place: 1, question: QUESTION, answer: WASH, reason: null, language: 'en' },
    { place: 2, answer: null, reason: 'nothing_found' },
  ]);
  const seen = await globex.in((trx) => trx('exchange'));
  expect(seen).toEqual([]);
  const searches = await acme.in((trx) => trx('answer_search').orderBy('at', 'desc').limit(2));
  expect(searches).toMatchObject([
    { words: 'And the price of a zebra?', place: 'module', found: 0 },
    { words: QUESTION, place: 'module', found: 1, language: 'en' },
  ]);
});

test('nothing of internal articles or of another company is told', async () => {
  const inside = await ask({ question: 'Which discount code works?' });
  expect(inside.text).not.toMatch(/LAMP20|Discount/);
  const { body } = await ask({ question: QUESTION }, 'globex');
  expect(body).toMatchObject({ answer: null, sources: [] });
  const { conversation } = body;
  const across = await ask({ question: QUESTION, conversation });
  expect(across).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const guessed = await ask({ question: QUESTION, conversation: 'x'.repeat(43) });
  expect(guessed.body.detail).toBe(across.body.detail);
});

test.each(['off', 'suggest'] as const)('a mailbox on %s only names the articles', async (mode) => {
  await assistant(mode);
  const { body } = await ask({ question: QUESTION });
  await assistant('answer');
  expect(body).toMatchObject({
    answer: null,
    reason: 'off',
    sources: [{ title: 'Wash a linen shade' }],
  });
});

test('what is no question is refused, and HTML is words', async () => {
  for (const question of ['', '   ', 'x'.repeat(100_000), 7, null]) {
    const { status, body } = await ask({ question });
    expect([question, status, body.code]).toEqual([question, 400, 'validation']);
  }
  expect((await ask({ question: QUESTION, email: 'no address' })).status).toBe(400);
  const huge = await ask({ question: 'x'.repeat(3_000_000) });
  expect([huge.status, huge.body.code]).toEqual([413, 'too_large']);
  const marked = await ask({ question: `<script>alert(1)</script><b>${QUESTION}</b>` });
  expect(marked.body).toMatchObject({ answer: WASH });
  expect((await ask({ question: QUESTION }, 'nobody')).status).toBe(404);
});

test('a conversation has an end: after 20 questions, and after 7 days', async () => {
  const { body } = await ask({ question: QUESTION });
  const { conversation } = body;
  const asked = { question: 'And the zebra?', conversation };
  for (let turn = 2; turn <= 20; turn += 1) expect((await ask(asked)).status).toBe(200);
  // Told before anything is looked up: nobody could read the articles now.
  const over = await acme.in(async (trx) => {
    await trx.raw('lock table article_passage, passage_word');
    return ask(asked);
  });
  expect(over).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
  await acme.in((trx) => trx('exchange').update({ expires_at: '2020-01-01' }));
  expect((await ask(asked)).status).toBe(404);
  await tidyUp(api.database, { auditKeepDays: 365 });
  const left = await acme.in((trx) => trx('exchange_turn'));
  expect(left).toEqual([]);
});

test('whoever asks more than 30 times a minute waits', async () => {
  const from = (address: string) => ask({ question: 'zebra' }, 'acme', address);
  for (let asked = 1; asked <= 30; asked += 1) expect((await from('192.0.2.9')).status).toBe(200);
  const refused = await from('192.0.2.9');
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  expect((await from('192.0.2.10')).status).toBe(200);
});
