import { consult } from '../assistant/consult.ts';
import type { Answer, Provider, Question } from '../assistant/provider.ts';
import type { Database } from '../database/client.ts';
import { findPassages } from '../database/queries/answer-search.ts';
import { readVisitorsMode } from '../database/queries/exchanges.ts';
import type { Turn } from '../database/queries/exchanges.ts';
import type { Passage } from '../domain/answers/passage.ts';
import { onePerArticle, SHOWN_SCORE, SURE_SCORE } from '../domain/answers/rank-passages.ts';

/** What a provider gets to read. */
const PASSAGES_MAX = 8;

/** Articles beside no answer; people look at the first three. */
const MATCHES_MAX = 3;

/** Somebody waits and looks at it; a mail's question has longer. */
const BUDGET_MS_MAX = 8_000;

export interface Asking {
  company: string;
  mailbox: string;
  question: string;
  language: string | null;
}

/** As the assistant found it; whoever keeps it adds where it is read. */
type Source = Pick<Turn['sources'][number], 'article' | 'title'>;

export type GivenAnswer = Pick<Turn, 'answer' | 'reason' | 'confidence'> & { sources: Source[] };

/**
 * Asks the assistant for a visitor, who reads the answer beside its sources and says whether it
 * helped: so it may be less sure than where a mail is answered and solved. Where the mailbox lets
 * no machine answer, and where nobody is sure, there are only the articles that fit.
 * @throws when `signal` is aborted: the visitor has gone
 */
export async function answerVisitor(
  { database, provider, logger }: PublicAnswerDependencies,
  { company, mailbox, question, language }: Asking,
  { budgetMs, signal }: { budgetMs: number; signal: AbortSignal },
): Promise<GivenAnswer> {
  const { mode, passages } = await database.withCompany(company, async (trx) => {
    return {
      mode: await readVisitorsMode(trx, mailbox),
      passages: await findPassages(trx, {
        question,
        audience: 'public',
        ...(language === null ? {} : { language }),
        limit: PASSAGES_MAX,
      }),
    };
  });
  const unanswered = { answer: null, confidence: null, sources: matching(passages) };
  if (mode !== 'answer') return { ...unanswered, reason: 'off' };
  const asked: Question = { subject: '', text: question, language };
  const limits = { budgetMs: Math.min(budgetMs, BUDGET_MS_MAX), signal };
  const consultation = await consult(asked, passages, provider, limits);
  if (consultation.answer === null) {
    const { reason, problem } = consultation;
    if (problem !== null) logger.warn({ company, mailbox, problem }, 'a visitor got no answer');
    return { ...unanswered, reason };
  }
  const { answer } = consultation;
  if (answer.confidence < SURE_SCORE) return { ...unanswered, reason: 'not_sure' };
  const { text, confidence } = answer;
  return { answer: text, reason: null, confidence, sources: citedIn(answer, passages) };
}

export interface PublicAnswerDependencies {
  database: Database;
  provider: Provider;
  logger: { warn(facts: object, message: string): void };
}

function matching(passages: readonly Passage[]): Source[] {
  return onePerArticle(passages.filter(({ score }) => score >= SHOWN_SCORE))
    .slice(0, MATCHES_MAX)
    .map(({ article, title }) => ({ article, title }));
}

function citedIn({ sources }: Answer, passages: readonly Passage[]): Source[] {
  return onePerArticle(sources).map(({ article }) => {
    return { article, title: passages.find((one) => one.article === article)?.title ?? '' };
  });
}
