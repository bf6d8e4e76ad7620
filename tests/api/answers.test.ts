import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { insertArticle, updateArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let acme: Desk;
let globex: Desk;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_answers');
  acme = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  await write(acme, { id: 'shade', title: 'Change the glass shade', body: SHADE, isPublic: true });
  await write(acme, { id: 'inner', title: 'Glass shade margins', body: SHADE, isPublic: false });
  await write(globex, { id: 'theirs', title: 'Change the shade', body: SHADE, isPublic: true });
});

afterAll(() => api.stop());

const SHADE =
  'The shade can be bought alone.\n\n## Fasten it\n\nTurn the **ring** until it clicks twice.';

interface Written {
  id: string;
  title: string;
  body: string;
  isPublic: boolean;
  published?: boolean;
  language?: string;
}

async function write(desk: Desk, { isPublic, ...article }: Written): Promise<void> {
  await desk.in(async (trx) => {
    const knowledgeBase = `base-of-${article.id}`;
    await insertKnowledgeBase(trx, { id: knowledgeBase, name: article.id, public: isPublic });
    await insertArticle(trx, { published: true, ...article, knowledgeBase });
  });
}

async function ask(question: string, desk = acme) {
  const path = `/api/v1/public/support@${desk.company}.test/answers`;
  return api.app.inject({ url: path, query: { q: question } });
}

const articles = async (question: string, desk = acme): Promise<string[]> => {
  const { items }: { items: { article: string }[] } = (await ask(question, desk)).json();
  return items.map(({ article }) => article);
};

test('a question in plain words finds the passage and where everybody reads it', async () => {
  const answer = await ask('how do I fasten the ring?');
  expect(answer.statusCode).toBe(200);
  expect(answer.json().items).toMatchObject([
    {
      article: 'shade',
      title: 'Change the glass shade',
      url: expect.stringMatching(/^https?:\/\/.+\/help\/acme\/shade$/),
      passage: 'Turn the ring until it clicks twice.',
      score: expect.closeTo(0.5, 0),
    },
  ]);
});

test('answers follow the article: a draft is none, and a new text is found at once', async () => {
  await write(acme, { id: 'bulb', title: 'Bulbs', body: 'Take an E27.', isPublic: true });
  expect(await articles('bulb')).toEqual(['bulb']);
  await acme.in((trx) => updateArticle(trx, 'bulb', { body: 'Take a candle.' }));
  expect(await articles('E27')).toEqual([]);
  expect(await articles('candle')).toEqual(['bulb']);
  await acme.in((trx) => updateArticle(trx, 'bulb', { published: false }));
  expect(await articles('candle')).toEqual([]);
});
