import { questionLanguage } from '../assistant/question-language.ts';
import type { CompanyTransaction } from '../database/client.ts';
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
  trx: CompanyTransaction,
  period: Period,
): Promise<UnansweredTopic[]> {
  const questions = (await readUnanswered(trx, period)).map((one) => ({ ...one, said: said(one) }));
  const stems = await readStems(
    trx,
    questions.flatMap(({ said: all }) => all),
  );
  const asked = questions.map(({ number, subject, said: all }) => {
    const words = new Map<string, string>();
    for (const { word, language } of all) {
      const stem = stems.get(`${language}:${word}`);
      if (stem !== undefined && !words.has(stem)) words.set(stem, word);
    }
    return { number, subject, words: [...words].map(([stem, word]) => ({ stem, word })) };
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
