import type { Language } from '../../domain/languages.ts';
import { ratingScores } from '../../domain/ratings.ts';
import type { RatingScore } from '../../domain/ratings.ts';
import { escapeHtml } from '../html.ts';
import { CHOICE_STYLE } from './styles.ts';

type Words = { question: string } & { [score in RatingScore]: string };

const WORDS: Record<Language, Words> = {
  en: { question: 'How was our help?', good: 'Good', okay: 'Okay', bad: 'Bad' },
  sv: { question: 'Hur var vår hjälp?', good: 'Bra', okay: 'Okej', bad: 'Dålig' },
};

/** Links only lead to a page: a vote is what its button sends, since mail scanners follow links. */
export function ratingText(rate: string, language: Language): string {
  const words = WORDS[language];
  const lines = ratingScores.map((score) => `${words[score]}: ${rate}?score=${score}`);
  return [words.question, ...lines].join('\n');
}

export function ratingHtml(rate: string, language: Language): string {
  const words = WORDS[language];
  const links = ratingScores.map(
    (score) =>
      `<a href="${escapeHtml(`${rate}?score=${score}`)}" style="${CHOICE_STYLE}">` +
      `${words[score]}</a>`,
  );
  return (
    `<p style="margin:20px 0 8px 0"><strong>${words.question}</strong></p>` +
    `<p style="margin:0">${links.join(' ')}</p>`
  );
}
