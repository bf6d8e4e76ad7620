import { questionLanguage } from '../assistant/question-language.ts';
import type { Database } from '../database/client.ts';
import { readStems, readUnanswered } from '../database/queries/answer-report.ts';
import type { UnansweredQuestion } from '../database/queries/answer-report.ts';
import type { Period } from '../database/queries/rating-report.ts';
import { questionSentences } from '../domain/answers/question-sentences.ts';
import { groupTopics } from '../domain/learning/topics.ts';

/** What somebody reads through on one page. */
const TOPICS_MAX = 50;

/** What a mail is about stands in its first words. */
const WORDS_MAX = 24;

export interface UnansweredTopic {
  words: string[];
  tickets: { number: number; subject: string }[];
}

/** Questions for which nothing was found, those about the same together. */
export async function unansweredTopics(
  database: Database,
  company: string,
  period: Period,
): Promise<UnansweredTopic[]> {
  // Words are counted between transactions: a connection that waits for that serves nobody.
  const found = await database.withCompany(company, (trx) => readUnanswered(trx, period));
  const questions = found.map((one) => ({ ...one, said: said(one) }));
  const words = questions.flatMap(({ said: all }) => all);
  const stems = await database.withCompany(company, (trx) => readStems(trx, words));
  const asked = questions.map(({ number, subject, said: all }) => {
    const known = new Map<string, string>();
    for (const { word, language } of all) {
      const stem = stems.get(`${language}:${word}`);
      if (stem !== undefined && !known.has(stem)) known.set(stem, word);
    }
    return { number, subject, words: [...known].map(([stem, word]) => ({ stem, word })) };
  });
  return groupTopics(asked)
    .slice(0, TOPICS_MAX)
    .map(({ words, questions: of }) => ({
      words,
      tickets: of.map(({ number, subject }) => ({ number, subject })),
    }));
}

function said({ subject, question }: UnansweredQuestion): { word: string; language: string }[] {
  const text = `${subject}\n\n${question}`;
  const language = questionLanguage(text) ?? 'en';
  const words = questionSentences(text).flatMap((sentence) => sentence.toLowerCase().split(' '));
  const salient = [...new Set(words)].filter((word) => /\p{L}{3}/u.test(word));
  return salient.slice(0, WORDS_MAX).map((word) => ({ word, language }));
}
