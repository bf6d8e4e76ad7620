import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { insertArticle } from '../../database/queries/articles.ts';
import { keepAnswer } from '../../database/queries/assistant-answers.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import type { NoAnswerReason } from '../../domain/ticket/assistant.ts';
import { answerQueued, createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

const TICKET = 3;
const DRAFT = `/tickets/${TICKET}/article-draft`;

let api: ReadingApi;
let desk: Desk;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_learning');
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  await desk.in((trx) => insertKnowledgeBase(trx, { id: 'help', name: 'Help', public: true }));
  await customerWrote(desk, TICKET, {
    subject: 'SV: Tvätta skärmen',
    text:
      'Hej Bo!\n\nHur tvättar jag skärmen från order 100234?\n\n' +
      'Vänliga hälsningar\nEleanor Hughes',
  });
  await answer(
    'left',
    'Hej Eleanor,\n\n * Tvätta den för hand i kallt vatten\n\nMvh\nBo Lindqvist',
  );
  await answer('taken-back', 'Kasta bort den gamla skärmen.', 'cancelled');
  await desk.in(async (trx) => {
    const { company, mailbox } = desk;
    const automatic = { direction: 'out', kind: 'acknowledgement', automatic: true, mailbox };
    const text = 'Vi har fått ditt mejl om skärmen.';
    await trx('message').insert({ company, id: 'auto', ticket: TICKET, ...automatic, text });
  });
});
afterAll(() => api.stop());

async function answer(id: string, text: string, state = 'sent'): Promise<void> {
  const { company, mailbox, bo: writer } = desk;
  await desk.in((trx) =>
    trx('message').insert({
      ...{ company, id, ticket: TICKET, direction: 'out', kind: 'reply', mailbox, writer, text },
      recipients: ['eleanor@brightmail.test'],
    }),
  );
  await happen(desk, TICKET, [answerQueued(writer, id)]);
  await desk.in((trx) => trx('message_delivery').where({ company, message: id }).update({ state }));
}

test('an article is drafted of what was asked and answered, without who did', async () => {
  const { status, body } = await api.call(bo, 'GET', DRAFT);
  expect(status).toBe(200);
  expect(body).toEqual({
    title: 'Tvätta skärmen',
    body:
      '> Hur tvättar jag skärmen från order [nummer]?\n\n' + '- Tvätta den för hand i kallt vatten',
    language: 'sv',
    masked: 1,
    article: null,
  });
  expect(await api.call(bo, 'GET', '/tickets/999/article-draft')).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
});

test('the article remembers its ticket, and no other than one that there is', async () => {
  const article = { knowledgeBase: 'help', title: 'Tvätta skärmen', body: 'För hand.' };
  const make = (fromTicket: number) =>
    api.call(bo, 'POST', '/articles', { ...article, language: 'sv', fromTicket });
  const made = await make(TICKET);
  expect(made).toMatchObject({ status: 201, body: { fromTicket: TICKET, published: false } });
  const path = `/articles/${made.body.id}`;
  await api.call(bo, 'PATCH', path, { title: 'Tvätta en skärm' });
  const now = { title: 'Tvätta en skärm', fromTicket: TICKET };
  expect((await api.call(bo, 'GET', path)).body).toMatchObject(now);
  expect((await api.call(bo, 'GET', DRAFT)).body).toMatchObject({ article: made.body.id });
  expect(await make(999)).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

describe('the report of answers', () => {
  const PERIOD = 'from=2026-11-01T00:00:00Z&to=2026-12-31T00:00:00Z';
  const by = { kind: 'assistant' } as const;

  beforeAll(async () => {
    const asked = async (number: number, subject: string, reason: NoAnswerReason) => {
      await customerWrote(desk, number, { subject, text: `Hello,\n\n${subject}, please?` });
      await happen(desk, number, [{ by, event: { type: 'assistantHandedOver', reason } }]);
    };
    await asked(11, 'Discount codes for students', 'nothing_found');
    await asked(12, 'Which student discounts are there', 'nothing_found');
    await asked(13, 'Where is your showroom', 'not_sure');
    await asked(14, 'The bill of June', 'timed_out');
    const suggested = { type: 'assistantSuggested', answer: 'answer-15', reason: null } as const;
    await customerWrote(desk, 15, { subject: 'Wash it', text: 'How?' });
    await happen(desk, 15, [{ by, event: suggested }]);
    const { company, bo: agent } = desk;
    await desk.in(async (trx) => {
      await keepAnswer(trx, 15, {
        ...{ id: 'answer-15', text: 'By hand.', language: 'en', confidence: 0.5, sources: [] },
      });
      await trx('canned_response').insert([
        { company, id: 'glad', title: 'Glad to help', body: 'Glad to help.' },
        { company, id: 'own', title: 'My own', body: 'Mine.', agent },
      ]);
      await insertArticle(trx, {
        ...{ id: 'wash', knowledgeBase: 'help', title: 'Wash it', body: 'By hand.' },
        published: true,
      });
    });
    await customerWrote(desk, 16, { subject: 'Wash that', text: 'How?' });
    const received = { mail: 'm', message: 'acme-in-16', automatic: false };
    await happen(desk, 16, [
      { by, event: { type: 'assistantAnswered', answer: 'answer-16' } },
      { by: { kind: 'customer' }, event: { ...received, type: 'received' } },
    ]);
  });

  const report = async (query: string) =>
    (await api.call(bo, 'GET', `/reports/answers?${query}`)).body;

  test('counts what was answered, suggested and handed over, with the reasons', async () => {
    await api.call(bo, 'POST', '/tickets/15/suggestions/answer-15/used');
    await api.call(bo, 'POST', '/tickets/15/suggestions/wash/dismissed');
    const now = await report('');
    expect(now).toMatchObject({ marks: { used: 1, dismissed: 1 } });
    const before = await report('from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z');
    expect(before).toMatchObject({ counts: { answered: 0 }, marks: { used: 0 }, topics: [] });
    const { counts, reasons } = await report(PERIOD);
    expect(counts).toEqual({
      ...{ deflected: 0, answered: 1, wroteAgain: 1, suggested: 1, suggestedUsed: 1 },
      handedOver: 4,
    });
    expect(reasons).toEqual([
      { reason: 'nothing_found', suggested: false, count: 2 },
      { reason: 'not_sure', suggested: false, count: 1 },
      { reason: 'timed_out', suggested: false, count: 1 },
    ]);
  });

  test('brings questions without an answer together by what they are about', async () => {
    const { topics } = await report(PERIOD);
    expect(topics).toEqual([
      {
        words: ['student', 'discounts'],
        tickets: [
          { number: 12, subject: 'Which student discounts are there' },
          { number: 11, subject: 'Discount codes for students' },
        ],
      },
      { words: [], tickets: [{ number: 13, subject: 'Where is your showroom' }] },
    ]);
  });

  test('has what was put into answers most often, and nobody’s own', async () => {
    const use = (path: string) => api.call(bo, 'POST', `${path}/use`);
    for (const path of ['/articles/wash', '/articles/wash', '/canned-responses/glad']) {
      expect(await use(path)).toMatchObject({ status: 200 });
    }
    await use('/canned-responses/own');
    expect(await use('/articles/none')).toMatchObject({ status: 404 });
    expect(await report('')).toMatchObject({
      canned: [{ id: 'glad', title: 'Glad to help', count: 1 }],
      articles: [{ id: 'wash', title: 'Wash it', count: 2 }],
    });
  });

  test('refuses a period that ends before it begins', async () => {
    const answer = await api.call(
      bo,
      'GET',
      '/reports/answers?from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation' } });
  });
});
