import type { Passage } from '../domain/answers/passage.ts';
import type { Answer, Question } from './provider.ts';

/** Longer than a mail that somebody reads. */
export const ANSWER_CHARS_MAX = 4_000;

/** More than these show that nothing fits well. */
export const SOURCES_MAX = 4;

/** A shorter quote stands in any text by chance. */
const QUOTE_CHARS_MIN = 12;
const QUOTE_CHARS_MAX = 1_200;

/** Of an answer's words, how many have to be the passages'; the rest joins them to sentences. */
const OWN_WORDS_SHARE_MIN = 0.5;

/** Where an answer was put into other words or another language, nobody can compare: not sure. */
const UNCOMPARED_CONFIDENCE = 0.3;

const LINK =
  /(?:https?:|mailto:|ftp:)\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b\S*|\S+@\S+/giu;
const NUMBER = /\d[\d .,:/-]*\d|\d/gu;
const WORD = /\p{L}{4,}/gu;

/** Of two words, so many first letters are the same where only an ending differs. */
const STEM_CHARS = 5;

/**
 * The answer as far as it can be believed, or null: whatever a provider was told, by its makers or
 * by the mail that it read, each source is one of the passages, each quote stands in it, and the
 * text brings no link, address or number that the passages do not have.
 */
export function checkAnswer(
  answer: Answer,
  question: Question,
  passages: readonly Passage[],
): Answer | null {
  const text = answer.text.trim();
  if (text === '' || text.length > ANSWER_CHARS_MAX) return null;
  const sources = answer.sources.slice(0, SOURCES_MAX).map(({ article, quote }) => {
    return { article, quote: quote.trim() };
  });
  if (sources.length === 0) return null;
  const cited = sources.map((source) => passageOf(source, passages));
  if (cited.some((passage) => passage === null)) return null;
  const own = cited.filter((passage) => passage !== null);
  const known = plain(
    own.map(({ title, heading, text: words }) => `${title} ${heading} ${words}`).join(' '),
  );
  if (!isWithin(text, known)) return null;
  const confidence = Math.min(1, Math.max(0, answer.confidence || 0));
  if (ownWords(text, known) >= OWN_WORDS_SHARE_MIN) return { text, sources, confidence };
  // The same language in other words is made up; another language cannot be compared.
  if (own.some(({ language }) => speaks(language, question.language))) return null;
  return { text, sources, confidence: Math.min(confidence, UNCOMPARED_CONFIDENCE) };
}

function passageOf(
  { article, quote }: Answer['sources'][number],
  passages: readonly Passage[],
): Passage | null {
  if (quote.length < QUOTE_CHARS_MIN || quote.length > QUOTE_CHARS_MAX) return null;
  const wanted = plain(quote);
  return (
    passages.find((one) => one.article === article && plain(one.text).includes(wanted)) ?? null
  );
}

/** Whether every link, address and number of a text is known. */
function isWithin(text: string, known: string): boolean {
  const links = [...text.matchAll(LINK)].map(([link]) => plain(link.replace(/[).,;:!?]+$/, '')));
  if (links.some((link) => !known.includes(link))) return false;
  const digits = new Set([...known.matchAll(NUMBER)].map(([number]) => digitsOf(number)));
  return [...text.matchAll(NUMBER)].every(([number]) => {
    // "1." begins a step of a list.
    return digitsOf(number).length === 1 || digits.has(digitsOf(number));
  });
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}

/** The share of a text's words that stand in what is known, whatever their ending. */
function ownWords(text: string, known: string): number {
  const stems = new Set([...known.matchAll(WORD)].map(([word]) => word.slice(0, STEM_CHARS)));
  const words = [...plain(text).matchAll(WORD)].map(([word]) => word.slice(0, STEM_CHARS));
  if (words.length === 0) return 1;
  return words.filter((word) => stems.has(word)).length / words.length;
}

function speaks(language: string, asked: string | null): boolean {
  return asked === null || language.split('-')[0] === asked.split('-')[0];
}

/** Quotes are compared without regard to blanks, letter case and the kind of quotation marks. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
