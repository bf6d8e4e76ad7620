import { isAskingWord } from '../answers/asking-words.ts';
import type { Language } from '../languages.ts';
import { matterOf } from './letter-matter.ts';
import { countMasks } from './masks.ts';
import type { People } from './personal-names.ts';
import { stripPersonal } from './strip-personal.ts';
import type { OwnPlaces } from './strip-personal.ts';

/** A conversation that was solved, as far as an article can be made of it. */
export interface SolvedConversation {
  subject: string;
  /** What the customer wrote anew in the first mail. */
  question: string;
  /** What agents answered, in order, as plain text. */
  answers: readonly string[];
  people: People;
  /** Which an article may name. */
  own: OwnPlaces;
  language: Language;
}

export interface ArticleDraft {
  title: string;
  /** Markdown: the question as a quotation, and the answers below. */
  body: string;
  language: Language;
  /** Places that somebody has to look at. */
  masked: number;
}

const TITLE_CHARS_MAX = 120;
const BODY_CHARS_MAX = 50_000;

/** Nobody's answer is longer than that; pasted logs are, and no article has them. */
export const LETTER_CHARS_MAX = 20_000;

/** What mail programs and the desk put before and into a subject. */
const SUBJECT_MARKS = /^(?:\s*(?:re|sv|fwd?|vb|aw|wg|ang)\s*:\s*|\s*\[#?\d+\]\s*)+|\[#\d+\]/gi;

/** Of so few words that say something, one has to be left. */
const TITLE_WORDS_MIN = 1;

/** What a person makes an article of: the matter only, with what is personal masked. */
export function draftArticle(conversation: SolvedConversation): ArticleDraft {
  const { people, own, language } = conversation;
  const strip = (text: string) =>
    stripPersonal(text.slice(0, LETTER_CHARS_MAX), { people, own, language });
  const question = matterOf(strip(conversation.question));
  const answers = firstOf(conversation.answers)
    .map((answer) => matterOf(strip(answer)))
    .filter(saysSomething);
  const asked = question.split('\n').map((line) => `> ${line}`.trimEnd());
  const parts = [
    ...(question === '' ? [] : [asked.join('\n')]),
    ...answers.map((answer) => markdownOf(answer)),
  ];
  const title = titleOf(strip(conversation.subject), question);
  const body = parts.join('\n\n').slice(0, BODY_CHARS_MAX);
  return { title, body, language, masked: countMasks(`${title}\n${body}`, language) };
}

/** As many as fill an article, even when half of them is quotations and signatures. */
function firstOf(answers: readonly string[]): string[] {
  let left = 2 * BODY_CHARS_MAX;
  return answers.filter((answer) => {
    const fits = left > 0;
    left -= Math.min(answer.length, LETTER_CHARS_MAX);
    return fits;
  });
}

/** "You are welcome!" is no answer that others look for. */
function saysSomething(answer: string): boolean {
  return wordsOf(answer).length > 1;
}

function wordsOf(text: string): string[] {
  const bare = text.replace(/\[[\p{L}-]+\]/gu, ' ');
  return (bare.match(/[\p{L}\p{M}\d]+/gu) ?? []).filter((word) => !isAskingWord(word));
}

/** The subject; where it says nothing, the first sentence that asks. */
function titleOf(subject: string, question: string): string {
  const bare = subject.replace(SUBJECT_MARKS, ' ').replace(/\s+/g, ' ').trim();
  const sentences = question.replace(/\s+/g, ' ').split(/(?<=[.!?])\s+/);
  const asking = sentences.find((sentence) => sentence.endsWith('?')) ?? sentences[0] ?? '';
  const title = wordsOf(bare).length >= TITLE_WORDS_MIN ? bare : asking.trim() || bare;
  return cut(title, TITLE_CHARS_MAX);
}

/** At a word's end. */
function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const short = text.slice(0, charsMax - 1);
  const end = short.lastIndexOf(' ');
  return `${(end > 0 ? short.slice(0, end) : short).trimEnd()}…`;
}

const ITEM = /^\s*(?:[-*•·]|\d{1,3}[.)])\s+/;

/** Lines of a mail stay lines, its lists are lists, and no other sign means anything. */
function markdownOf(text: string): string {
  const lines = text.split('\n').map((line) => {
    const item = ITEM.exec(line)?.[0] ?? '';
    const sign = /\d+/.exec(item)?.[0];
    const head = item === '' ? '' : sign === undefined ? '- ' : `${sign}. `;
    const words = line.slice(item.length).replace(/[*_`\\]/g, '\\$&');
    return head + (head === '' ? words.replace(/^(\s*)(#|>|\+|=|-)/, '$1\\$2') : words);
  });
  return lines
    .map((line, at) => {
      const next = lines[at + 1] ?? '';
      const goesOn = line !== '' && next !== '' && !/^(?:- |\d+\. )/.test(next);
      const isShort = line.length < SHORT_LINE_CHARS;
      // Two blanks at its end make Markdown keep a line that its writer ended.
      return goesOn && isShort && !/^(?:- |\d+\. )/.test(line) ? `${line}  ` : line;
    })
    .join('\n');
}

/** Longer ones were broken by a program, not by a person. */
const SHORT_LINE_CHARS = 60;
