import { makeDemoKnowledgeBase } from '../cli/demo/knowledge-base.ts';
import { createDatabase } from '../database/client.ts';
import type { CompanyTransaction, Database } from '../database/client.ts';
import { findPassages } from '../database/queries/answer-search.ts';
import { insertCompany } from '../database/queries/companies.ts';
import { onePerArticle, SURE_SCORE } from '../domain/answers/rank-passages.ts';
import { withClient } from '../stack/postgres/server.ts';
import { createTestDatabase, startTestStack } from '../stack/test-stack.ts';
import { labelledQuestions } from '../tests/answers/labelled-questions.ts';
import type { LabelledQuestion } from '../tests/answers/labelled-questions.ts';
import { notKnowing, outcomeOf, qualityOf } from '../tests/answers/measure-answers.ts';
import type { Found, Outcome } from '../tests/answers/measure-answers.ts';
import { growKnowledgeBase } from './grown-articles.ts';
import { quantile } from './measure.ts';

interface Figures {
  [figure: string]: number;
}

/** Gives articles by their file in the demo. */
type Search = (trx: CompanyTransaction, question: string) => Promise<Found>;

/** The labelled questions over the demo's articles; what parts of the search bring; its time. */
export async function benchAnswers(): Promise<Figures> {
  const stack = await startTestStack();
  try {
    const url = await createTestDatabase(stack.databaseUrl, 'bench_answers');
    const database = createDatabase(url, { poolMax: 1 });
    try {
      return await measureAll(database, url);
    } finally {
      await database.close();
    }
  } finally {
    await stack.stop();
  }
}

async function measureAll(database: Database, url: string): Promise<Figures> {
  const files = await database.withCompany('acme', async (trx) => {
    await insertCompany(trx, 'Acme');
    return makeDemoKnowledgeBase(trx);
  });
  const ours = (spelling: boolean): Search => {
    return async (trx, question) => {
      const request = { question, audience: 'public', limit: 20, spelling } as const;
      const passages = await findPassages(trx, request);
      const found = onePerArticle(passages).map(({ article }) => files.get(article) ?? '');
      return { found, score: passages[0]?.score ?? 0 };
    };
  };
  const full = await ask(database, ours(true));
  const noTrigrams = await ask(database, ours(false));
  const plain = await ask(database, plainFullText(files));
  await database.withCompany('acme', growKnowledgeBase);
  // As the server does by itself within a minute.
  await withClient(url, (client) => client.query('analyze'));
  const grown = await ask(database, ours(true));
  return {
    ...byKind(full.outcomes),
    ...knowing(full.outcomes),
    ...quality('all, no trigrams', noTrigrams.outcomes),
    ...quality('held out, no trigrams', heldOut(noTrigrams.outcomes)),
    ...quality('all, plain full text', plain.outcomes),
    ...quality('held out, plain full text', heldOut(plain.outcomes)),
    ...quality('held out, grown', heldOut(grown.outcomes)),
    'p50Ms, demo': quantile(full.timesMs, 0.5),
    'p95Ms, demo': quantile(full.timesMs, 0.95),
    'p50Ms, 2,000 passages more': quantile(grown.timesMs, 0.5),
    'p95Ms, 2,000 passages more': quantile(grown.timesMs, 0.95),
  };
}

async function ask(database: Database, search: Search) {
  const outcomes: Outcome[] = [];
  const timesMs: number[] = [];
  for (const labelled of labelledQuestions()) {
    const asked = performance.now();
    const answer = await database.withCompany('acme', (trx) => search(trx, labelled.question));
    timesMs.push(performance.now() - asked);
    outcomes.push(outcomeOf(labelled, answer));
  }
  return { outcomes, timesMs };
}

/** What PostgreSQL does by itself: any of the words, ranked by how often they stand there. */
function plainFullText(files: ReadonlyMap<string, string>): Search {
  const sql = `
    with asked as (
      select l.config, to_tsquery('simple', string_agg(quote_literal(w.lexeme), ' | ')) as query
      from (values ('english'), ('swedish')) l(config)
      cross join lateral unnest(to_tsvector(l.config::regconfig, ?)) w group by l.config
    )
    select a.id,
      ts_rank(to_tsvector(q.config::regconfig, a.title || ' ' || a.body), q.query) as score
    from article a join asked q on q.config = case a.language when 'sv' then 'swedish'
      else 'english' end
    order by score desc, a.id limit 20`;
  return async (trx, question) => {
    const { rows } = await trx.raw<{ rows: { id: string; score: number }[] }>(sql, [question]);
    const found = rows.filter(({ score }) => score > 0);
    return { found: found.map(({ id }) => files.get(id) ?? ''), score: found[0]?.score ?? 0 };
  };
}

const heldOut = <Q extends LabelledQuestion>(all: readonly Q[]): Q[] =>
  all.filter((outcome) => outcome.heldOut);

function byKind(outcomes: readonly Outcome[]): Figures {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].filter((kind) => kind !== 'unknown');
  const tuned = outcomes.filter((outcome) => !outcome.heldOut);
  let figures: Figures = {
    ...quality('all', outcomes),
    ...quality('tuned', tuned),
    ...quality('held out', heldOut(outcomes)),
  };
  for (const kind of kinds) {
    figures = {
      ...figures,
      ...quality(
        kind,
        outcomes.filter((one) => one.kind === kind),
      ),
    };
  }
  return figures;
}

function quality(name: string, outcomes: readonly Outcome[]): Figures {
  const { questions, recallAt1, recallAt3, meanReciprocalRank } = qualityOf(outcomes);
  return {
    [`${name}: questions`]: questions,
    [`${name}: recall@1`]: recallAt1,
    [`${name}: recall@3`]: recallAt3,
    [`${name}: MRR`]: meanReciprocalRank,
  };
}

function knowing(outcomes: readonly Outcome[]): Figures {
  const figures: Figures = {
    'without an answer: questions': outcomes.filter(({ kind }) => kind === 'unknown').length,
  };
  for (const half of [false, true]) {
    const name = `do not know, ${half ? 'held out' : 'tuned'}`;
    const own = outcomes.filter((outcome) => outcome.heldOut === half);
    const { precision, recall, wrongAnswers } = notKnowing(own, SURE_SCORE);
    figures[`${name}: precision`] = precision;
    figures[`${name}: recall`] = recall;
    figures[`${name}: wrong among what is said`] = wrongAnswers;
  }
  return figures;
}
