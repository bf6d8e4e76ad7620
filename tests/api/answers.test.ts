import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { findPassages } from '../../database/queries/answer-search.ts';
import { deleteArticle, insertArticle, updateArticle } from '../../database/queries/articles.ts';
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

/** Each asks from an address of its own: 30 a second are enough for a person, not for a test. */
let asker = 0;

async function ask(question: string, desk = acme, more: { settled?: 'true' } = {}) {
  const url = `/api/v1/public/support@${desk.company}.test/answers`;
  asker += 1;
  return api.app.inject({ url, query: { q: question, ...more }, remoteAddress: `10.0.0.${asker}` });
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
      score: expect.any(Number),
    },
  ]);
});

test('no answer holds anything of other companies, internal bases or drafts', async () => {
  const draft = { id: 'draft', title: 'Shade draft', body: SHADE, isPublic: true };
  await write(acme, { ...draft, published: false });
  expect(await articles('shade')).toEqual(['shade']);
  expect(await articles('shade', globex)).toEqual(['theirs']);
  const within = (company: Desk) =>
    company.in((trx) => findPassages(trx, { question: 'shade', audience: 'company', limit: 9 }));
  expect(new Set((await within(acme)).map(({ article }) => article))).toEqual(
    new Set(['shade', 'inner']),
  );
  const held = await globex.in((trx) => trx('passage_word').distinct('company'));
  expect(held).toEqual([{ company: 'globex' }]);
});

test('words that are misspelt, begun or put together are understood', async () => {
  for (const question of ['shdae', 'faste the rign', 'ringg', 'shad', 'glassshade']) {
    expect([question, await articles(question)]).toEqual([question, ['shade']]);
  }
  expect(await articles('qwertz')).toEqual([]);
});

test('the article of the language that is asked in comes first', async () => {
  const body = 'Lumen och Tove har fem års garanti.';
  const swedish = { id: 'sv', title: 'Garanti', body, isPublic: true, language: 'sv' };
  await write(acme, swedish);
  const english = { title: 'Guarantee of Lumen and Tove', body: 'Five years.', isPublic: true };
  await write(acme, { ...english, id: 'en' });
  expect((await articles('Hur är det med garantin för Lumen?'))[0]).toBe('sv');
  expect((await articles('How long is the guarantee of a Lumen?'))[0]).toBe('en');
});

test('agents are given drafts too, best first and page by page', async () => {
  const bo = await api.tokenFor(acme, acme.bo);
  const list = async (query: string) => (await api.call(bo, 'GET', `/articles?${query}`)).body;
  const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
  const whole = await list('q=glass%20shade');
  expect(ids(whole)).toEqual(expect.arrayContaining(['shade', 'inner', 'draft']));
  const first = await list('q=glass%20shade&limit=1');
  const second = await list(`q=glass%20shade&limit=9&cursor=${first.nextCursor}`);
  expect([...ids(first), ...ids(second)]).toEqual(ids(whole));
  expect(second.nextCursor).toBeNull();
  expect(ids(await list('q=glass%20shade&published=false'))).toEqual(['draft']);
});

test('what is no question is refused, or has no answer', async () => {
  const status = async (question: string) => (await ask(question)).statusCode;
  expect(await status('x'.repeat(6_001))).toBe(400);
  expect(await status('\0')).toBe(400);
  expect(await status('')).toBe(400);
  for (const question of ['   ', '?!', '%', "' or 1=1 --", '& | ! :* ()', 'the and of']) {
    expect([question, await articles(question)]).toEqual([question, []]);
  }
  const marked = '<script>alert("shade")</script><b onclick="x">ring</b>';
  expect(await articles(marked)).toEqual(['shade']);
  expect(await articles('ring '.repeat(1_200).trim())).toEqual(['shade']);
  const nobody = await api.app.inject({ url: '/api/v1/public/nobody@x.test/answers?q=ring' });
  expect(nobody.statusCode).toBe(404);
  const open = await api.app.inject({ url: '/api/v1/public/support@acme.test/answers' });
  expect(open.statusCode).toBe(400);
});

test('an article of 100,000 letters with a script in it is searched as text', async () => {
  const body = `${'Lorem **ipsum** dolor\n\n'.repeat(4_000)}\n\n<script>zebra()</script>`;
  await write(acme, { id: 'large', title: 'Large', body, isPublic: true });
  const [item] = (await ask('zebra')).json().items;
  expect(item).toMatchObject({ article: 'large' });
  expect(item.passage).toContain('<script>zebra()</script>');
  expect(item.passage.length).toBeLessThan(1_000);
});

test('articles of before are found once the house was kept', async () => {
  await acme.in(async (trx) => {
    const old = { company: 'acme', id: 'old', knowledge_base: 'base-of-shade', published: true };
    await trx('article').insert({ ...old, title: 'Castors', body: 'For parquet.' });
  });
  expect(await articles('castors')).toEqual([]);
  await tidyUp(api.database, { auditKeepDays: 365 });
  expect(await articles('castors')).toEqual(['old']);
});

test('answers follow the article: a draft is none, and a new text is found at once', async () => {
  await write(acme, { id: 'bulb', title: 'Bulbs', body: 'Take an E27.', isPublic: true });
  expect(await articles('bulb')).toEqual(['bulb']);
  await acme.in((trx) => updateArticle(trx, 'bulb', { body: 'Take a candle.' }));
  expect(await articles('E27')).toEqual([]);
  expect(await articles('candle')).toEqual(['bulb']);
  await acme.in((trx) => updateArticle(trx, 'bulb', { published: false }));
  expect(await articles('candle')).toEqual([]);
  await acme.in((trx) => deleteArticle(trx, 'bulb'));
  const left = await acme.in((trx) => trx('passage_word').where({ article: 'bulb' }));
  expect(left).toEqual([]);
});

test('what somebody settled on is kept for the report, and what they type is not', async () => {
  await ask('rin');
  await ask('ring of eva@brightmail.test', acme, { settled: 'true' });
  await ask('xyzzy', acme, { settled: 'true' });
  const kept = await acme.in((trx) => trx('answer_search').orderBy('at'));
  expect(kept).toMatchObject([
    { words: 'ring of …@…', place: 'module', found: 1 },
    { words: 'xyzzy', place: 'module', found: 0, language: null },
  ]);
});

test('whoever asks more than 30 times a second waits', async () => {
  const from = { remoteAddress: '192.0.2.7' };
  const url = '/api/v1/public/support@acme.test/answers?q=ring';
  const all = await Promise.all(Array.from({ length: 50 }, () => api.app.inject({ url, ...from })));
  const refused = all.filter(({ statusCode }) => statusCode === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers['retry-after']).toMatch(/^\d+$/);
  expect(refused[0]?.json()).toMatchObject({ code: 'rate_limited' });
  const other = await api.app.inject({ url, remoteAddress: '192.0.2.8' });
  expect(other.statusCode).toBe(200);
});
