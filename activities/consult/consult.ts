import { Context } from '@temporalio/activity';

import { consult as ask } from '../../assistant/consult.ts';
import type { Answer, Provider } from '../../assistant/provider.ts';
import { questionLanguage } from '../../assistant/question-language.ts';
import type { Database } from '../../database/client.ts';
import { findPassages } from '../../database/queries/answer-search.ts';
import {
  keepAnswer,
  readAnswerOf,
  readAskedQuestion,
} from '../../database/queries/assistant-answers.ts';
import type { AnswerSource } from '../../database/queries/assistant-answers.ts';
import type { Passage } from '../../domain/answers/passage.ts';
import { assistantAnswerId } from '../../domain/ids.ts';
import type { ConsultInput, ConsultOutput } from '../../workflows/messages.ts';

export interface ConsultDependencies {
  database: Database;
  assistant: Provider;
  logger: {
    error(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}

/** What a provider gets to read. */
const PASSAGES_MAX = 8;

/** Well within the heartbeat timeout, so that a lost worker is noticed and a slow one is not. */
const BEAT_MS = 1_500;

/** Kept for writing the answer down and telling the ticket of it. */
const AFTERWARDS_MS = 1_000;

/**
 * Puts a ticket's question to the assistant and keeps the answer. Asked again, it says what is
 * kept: a question has one answer. Only ids and short facts go back.
 */
export async function consult(
  dependencies: ConsultDependencies,
  input: ConsultInput,
): Promise<ConsultOutput> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await answerOnce(dependencies, input, context.cancellationSignal);
  } finally {
    clearInterval(beat);
  }
}

async function answerOnce(
  { database, assistant, logger }: ConsultDependencies,
  { company, number, asked }: ConsultInput,
  signal: AbortSignal,
): Promise<ConsultOutput> {
  const read = await database.withCompany(company, async (trx) => {
    const known = await readAnswerOf(trx, number);
    const question = known ? null : await readAskedQuestion(trx, number, asked);
    if (!question) return { known, found: null };
    const { subject, text, until } = question;
    const language = questionLanguage(`${subject}\n${text}`);
    const passages = await findPassages(trx, {
      question: `${subject}\n\n${text}`,
      audience: 'public',
      ...(language === null ? {} : { language }),
      limit: PASSAGES_MAX,
    });
    return { known, found: { question: { subject, text, language }, passages, until } };
  });
  if (read.known) return { answer: read.known.id, why: null };
  if (!read.found) return { answer: null, why: 'failed' };
  const { question, passages, until } = read.found;
  const budgetMs = Date.parse(until) - Date.now() - AFTERWARDS_MS;
  const consultation = await ask(question, passages, assistant, { budgetMs, signal });
  if (consultation.answer === null) {
    const { reason, problem } = consultation;
    if (problem !== null) logger.warn({ company, ticket: number, problem }, 'no answer was found');
    return { answer: null, why: reason };
  }
  const { answer } = consultation;
  const id = assistantAnswerId(number, asked);
  const sources = sourcesOf(answer, passages);
  const { text, confidence } = answer;
  const { language } = question;
  await database.withCompany(company, (trx) =>
    keepAnswer(trx, number, { id, text, language, sources, confidence }),
  );
  return { answer: id, why: null };
}

/** Titles as they are now: the article may be renamed before anybody reads the answer. */
function sourcesOf({ sources }: Answer, passages: readonly Passage[]): AnswerSource[] {
  return sources.map(({ article, quote }) => {
    const of = passages.filter((passage) => passage.article === article);
    const passage = of.find(({ text }) => text.includes(quote)) ?? of[0];
    return { article, title: passage?.title ?? '', heading: passage?.heading ?? '', quote };
  });
}
