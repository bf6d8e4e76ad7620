import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { insertArticle } from '../../database/queries/articles.ts';
import { keepAnswer } from '../../database/queries/assistant-answers.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { createDesk, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

const TICKET = 3;
const PATH = `/tickets/${TICKET}/suggestions`;
const SHADE = 'Turn the ring of the glass shade until it clicks twice.';

let api: ReadingApi;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_suggestions');
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  const { company, mailbox, customer } = desk;
  await desk.in(async (trx) => {
    for (const { id, isPublic } of [
      { id: 'shade', isPublic: true },
      { id: 'inner', isPublic: false },
    ]) {
      await insertKnowledgeBase(trx, { id: `${id}-base`, name: id, public: isPublic });
      const article = { id, title: `Fasten the glass shade: ${id}`, body: SHADE, published: true };
      await insertArticle(trx, { ...article, knowledgeBase: `${id}-base` });
    }
    const words = { subject: 'Glass shade', text: 'How do I fasten the glass shade?' };
    const mail = { direction: 'in', kind: 'customer', mailbox, customer, reply_text: words.text };
    await trx('message').insert({ company, id: 'asked', ticket: TICKET, ...mail, ...words });
    await trx('ticket_text').insert({ company, id: 'subject-3', ticket: TICKET, text: 'Shade' });
    const source = { article: 'shade', title: 'Glass shades', heading: '', quote: SHADE };
    await keepAnswer(trx, TICKET, {
      ...{ id: 'answer-3-3', text: SHADE, language: 'en', confidence: 0.5 },
      sources: [source],
    });
  });
  const origin = { mailbox, customer, team: null, subject: 'subject-3', followUpOf: null };
  await happen(desk, TICKET, [
    { event: { type: 'created', via: 'mail', ...origin } },
    { event: { type: 'received', mail: 'mail', message: 'asked', automatic: false } },
  ]);
});
afterAll(() => api.stop());

const ids = async (): Promise<string[]> => {
  const { body } = await api.call(bo, 'GET', PATH);
  return body.items.map(({ id }: { id: string }) => id);
};

test('agents get what the assistant found, and articles that fit, internal ones too', async () => {
  const { status, body } = await api.call(bo, 'GET', PATH);
  expect(status).toBe(200);
  expect(body.items).toHaveLength(2);
  const url = expect.stringMatching(/\/help\/acme\/shade$/);
  expect(body.items[0]).toMatchObject({
    ...{ id: 'answer-3-3', kind: 'assistant', article: null, title: 'Glass shades', url },
    ...{ text: SHADE, score: 0.5, sources: [{ article: 'shade', quote: SHADE, url }] },
  });
  expect(body.items[1]).toMatchObject({ id: 'inner', kind: 'article', url: null });
});

test('what was of use is counted once for a ticket, what was dismissed stays away', async () => {
  const mark = (id: string, as: string) => api.call(bo, 'POST', `${PATH}/${id}/${as}`);
  expect(await mark('answer-3-3', 'used')).toMatchObject({ status: 200 });
  expect((await mark('answer-3-3', 'used')).body).toEqual({ id: 'answer-3-3', mark: 'used' });
  await mark('inner', 'dismissed');
  expect(await ids()).toEqual(['answer-3-3']);
  await desk.in((trx) => trx('assistant_answer').delete());
  expect(await ids()).toEqual(['shade']);
  const marks = await desk.in((trx) => trx('suggestion_mark').orderBy('suggestion').select());
  expect(marks).toMatchObject([
    { suggestion: 'answer-3-3', kind: 'assistant', used_at: expect.anything(), agent: desk.bo },
    { suggestion: 'inner', kind: 'article', used_at: null, dismissed_at: expect.anything() },
  ]);
  expect((await mark('nothing', 'used')).status).toBe(404);
  expect((await mark('shade', 'burnt')).status).toBe(404);
});
