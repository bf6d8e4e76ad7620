import type { LabelledQuestion } from './labelled-questions.ts';

/** Articles in the order of a search's answer, and how sure it is of the first. */
export interface Found {
  found: string[];
  score: number;
}

export interface Outcome extends LabelledQuestion, Found {
  /** Of the first right article, from 1; null: not among the answers. */
  rank: number | null;
}

export function outcomeOf(question: LabelledQuestion, answer: Found): Outcome {
  const place = answer.found.findIndex((article) => question.articles.includes(article));
  return { ...question, ...answer, rank: place === -1 ? null : place + 1 };
}

/** Over questions that have an answer. */
export interface Quality {
  questions: number;
  recallAt1: number;
  recallAt3: number;
  meanReciprocalRank: number;
}

export function qualityOf(outcomes: readonly Outcome[]): Quality {
  const answerable = outcomes.filter(({ kind }) => kind !== 'unknown');
  const share = (count: number): number => count / answerable.length;
  const within = (max: number): number =>
    share(answerable.filter(({ rank }) => rank !== null && rank <= max).length);
  const reciprocal = answerable.reduce((sum, { rank }) => sum + (rank === null ? 0 : 1 / rank), 0);
  return {
    questions: answerable.length,
    recallAt1: within(1),
    recallAt3: within(3),
    meanReciprocalRank: share(reciprocal),
  };
}

/** How well a score below the threshold says "I do not know", over all questions. */
export function notKnowing(
  outcomes: readonly Outcome[],
  sureScore: number,
): { precision: number; recall: number; wrongAnswers: number } {
  const silent = outcomes.filter(({ score }) => score < sureScore);
  const unknown = outcomes.filter(({ kind }) => kind === 'unknown');
  const right = silent.filter(({ kind }) => kind === 'unknown');
  const spoken = outcomes.filter(({ score }) => score >= sureScore);
  return {
    precision: right.length / silent.length,
    recall: right.length / unknown.length,
    // Of what is said, what is not the right article in the first place.
    wrongAnswers: spoken.filter(({ rank }) => rank !== 1).length / spoken.length,
  };
}
