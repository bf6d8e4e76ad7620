/** A page and a half: who tells more has asked by then. */
const QUESTION_CHARS_MAX = 6_000;

/** Each costs a look of its own. */
const SENTENCES_MAX = 40;

/** Longer than any word of a language; longer ones are keys, links and noise. */
const WORD_CHARS_MAX = 40;

const NOT_WORDS = /<[^>]{0,2000}>|https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+|&[a-z]{2,8};|&#\d{1,6};/gi;

/** What stands before the matter, and what ends it: the same in nearly every mail. */
const GREETING =
  /^(hi|hello|hey|dear|good (morning|day|evening|afternoon)|hej|hejsan|hallå|god (dag|morgon))\b[^.!?\n]{0,40}([,!.\n]|$)/i;
const FAREWELL =
  /^(kind regards|best regards|regards|best wishes|yours|sincerely|cheers|thanks in advance|many thanks|thank you|thanks|best|mvh|med vänlig hälsning|vänliga hälsningar|hälsningar|tack på förhand|tack|sent from my|skickat från)\b.{0,60}$/i;

/** The sentences of a question in plain words, from any mail or field: bounded, and no markup. */
export function questionSentences(question: string): string[] {
  const plain = question.slice(0, QUESTION_CHARS_MAX).replaceAll('\0', ' ').replace(NOT_WORDS, ' ');
  const lines = plain.split(/\r?\n/).filter((line) => !/^\s*>/.test(line));
  const sentences = lines
    .flatMap((line) =>
      line
        .trim()
        .replace(GREETING, ' ')
        .split(/(?<=[.!?])\s+/),
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence) && !FAREWELL.test(sentence));
  return sentences.map(withoutNoise).slice(0, SENTENCES_MAX);
}

function withoutNoise(sentence: string): string {
  return sentence
    .split(/\s+/)
    .filter((word) => word.length <= WORD_CHARS_MAX)
    .join(' ');
}
