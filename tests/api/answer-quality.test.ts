import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { makeDemoKnowledgeBase } from '../../cli/demo/knowledge-base.ts';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { findPassages } from '../../database/queries/answer-search.ts';
import { insertCompany } from '../../database/queries/companies.ts';
import { onePerArticle, SURE_SCORE } from '../../domain/answers/rank-passages.ts';
import { CONFIDENCE_MIN } from '../../domain/ticket/decide/assisting.ts';
import { createTestDatabase } from '../../stack/test-database.ts';
import { labelledQuestions } from '../answers/labelled-questions.ts';
import { notKnowing, outcomeOf, qualityOf } from '../answers/measure-answers.ts';
import type { Outcome } from '../answers/measure-answers.ts';

let database: Database;
let outcomes: Outcome[];

beforeAll(async () => {
  const url = await createTestDatabase(inject('databaseUrl'), 'answer_quality');
  database = createDatabase(url, { poolMax: 1 });
  outcomes = await database.withCompany('acme', async (trx) => {
    await insertCompany(trx, 'Acme');
    const files = await makeDemoKnowledgeBase(trx);
    const all: Outcome[] = [];
    for (const question of labelledQuestions()) {
      const request = { question: question.question, audience: 'public', limit: 20 } as const;
      const passages = await findPassages(trx, request);
      const articles = onePerArticle(passages).map(({ article }) => files.get(article) ?? '');
      all.push(outcomeOf(question, { found: articles, score: passages[0]?.score ?? 0 }));
    }
    return all;
  });
});

afterAll(() => database.close());

test('at least nine of ten questions of people have their answer among the first three', () => {
  for (const heldOut of [true, false]) {
    const half = outcomes.filter((outcome) => outcome.heldOut === heldOut);
    const { questions, recallAt1, recallAt3 } = qualityOf(half);
    expect(questions).toBeGreaterThanOrEqual(80);
    expect(recallAt3).toBeGreaterThanOrEqual(0.9);
    expect(recallAt1).toBeGreaterThanOrEqual(0.78);
  }
});

test('no kind of question is left behind', () => {
  const kinds = new Set(outcomes.map(({ kind }) => kind).filter((kind) => kind !== 'unknown'));
  for (const kind of kinds) {
    const { recallAt3 } = qualityOf(outcomes.filter((outcome) => outcome.kind === kind));
    expect({ kind, isFound: recallAt3 >= 0.8 }).toEqual({ kind, isFound: true });
  }
});

test('what the assistant would send unread is right nineteen times in twenty', () => {
  const sent = outcomes.filter(({ score }) => score >= CONFIDENCE_MIN);
  expect(sent.length).toBeGreaterThanOrEqual(120);
  expect(sent.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  expect(sent.filter(({ rank }) => rank !== 1).length / sent.length).toBeLessThanOrEqual(0.06);
});

test('most of what nothing answers is known not to be known', () => {
  const { precision, recall } = notKnowing(outcomes, SURE_SCORE);
  expect(recall).toBeGreaterThanOrEqual(0.8);
  expect(precision).toBeGreaterThanOrEqual(0.55);
});
