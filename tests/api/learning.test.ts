import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
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
