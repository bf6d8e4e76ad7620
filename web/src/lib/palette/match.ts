/** How well what is typed fits a text: every word must be found. Null: it does not. */
export function fits(typed: string, text: string): number | null {
  const place = fold(text);
  const words = wordsOf(place);
  let score = 0;
  for (const word of wordsOf(fold(typed))) {
    const points = fitsWord(word, place, words);
    if (points === null) return null;
    score += points;
  }
  // Of two that fit as well, the shorter one says more of what was typed.
  return score - text.length / 1000;
}

/** The beginning of a word is meant more often than its middle, and letters in order least. */
function fitsWord(word: string, place: string, words: readonly string[]): number | null {
  if (words.includes(word)) return 4;
  if (words.some((known) => known.startsWith(word))) return 3;
  if (word.length > 1 && place.includes(word)) return 2;
  // "asgn" for "assign": within one word, so that not everything fits everything.
  return word.length > 2 && words.some((known) => inOrder(word, known)) ? 1 : null;
}

function inOrder(letters: string, word: string): boolean {
  if (word[0] !== letters[0]) return false;
  let from = 0;
  for (const letter of letters) {
    const at = word.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** Without case and accents: "Göran" is found by "goran". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}#@.]+/u).filter((word) => word !== '');
}
