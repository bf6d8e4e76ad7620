import { isAskingWord } from './asking-words.ts';

/** A page and a half: who tells more has asked by then. */
export const QUESTION_CHARS_MAX = 6_000;

/** Each costs a look of its own. */
const SENTENCES_MAX = 40;

/** Longer than any word of a language; longer ones are keys, links and noise. */
const WORD_CHARS_MAX = 40;

/** Every quantifier ends somewhere: what people paste must not take the time of everybody else. */
const NOT_WORDS =
  /<[^<>]{0,2000}>|https?:\/\/\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,255}|&[a-z]{2,8};|&#\d{1,6};/gi;

/** What stands before the matter, and what ends it: much the same in every mail. */
const GREETING =
  /^(hi|hello|hey|dear|good (morning|day|evening|afternoon)|to whom|hej|hejsan|hallå|god (dag|morgon))\b[^.!?\n]{0,40}([,!.:\n]|$)/i;
const FAREWELL =
  /^(kind|best|warm|with kind|greetings|regards|yours|sincerely|cheers|thanks|many thanks|thank you|mvh|med vänlig|vänliga|hälsningar|tack|allt gott|sent from my|skickat från)\b.{0,50}$/i;

/** What people ask with, in the words of the matter only: bounded, and without markup. */
export function questionSentences(question: string): string[] {
  const plain = question.slice(0, QUESTION_CHARS_MAX).replaceAll('\0', ' ').replace(NOT_WORDS, ' ');
  const lines = plain.split(/\r?\n/).filter((line) => !/^\s*>/.test(line));
  const end = lines.findIndex((line, place) => place > 1 && FAREWELL.test(line.trim()));
  return (end === -1 ? lines : lines.slice(0, end))
    .flatMap((line) =>
      line
        .trim()
        .replace(GREETING, ' ')
        .split(/(?<=[.!?])\s+/),
    )
    .map(wordsOfMatter)
    .filter((sentence) => sentence !== '')
    .slice(0, SENTENCES_MAX);
}

function wordsOfMatter(sentence: string): string {
  const words = sentence.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  return words
    .map((word) => word.replace(/['’].*$/, ''))
    .filter((word) => word.length <= WORD_CHARS_MAX && !isAskingWord(word))
    .join(' ');
}
