/** What people seek is in the first words; the rest of a pasted mail is about them. */
export const SEARCHED_CHARS_MAX = 200;

const ADDRESS = /[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+/g;

/** Numbers of phones, orders, cards and accounts; years, sizes and models are shorter. */
const LONG_NUMBER = /\+?\d(?:[\s()./-]{0,2}\d){4,}/g;

/** What is left of a search to learn from: as asked, and as it is compared with others. */
export interface SearchedWords {
  words: string;
  normalised: string;
}

/** A text without the mail addresses and long numbers in it. */
export function maskPersonal(text: string): string {
  return text.replace(ADDRESS, '…@…').replace(LONG_NUMBER, '#');
}

/** Without mail addresses and long numbers; null when no word is left. */
export function searchedWords(asked: string): SearchedWords | null {
  const masked = maskPersonal(asked.normalize('NFC')).replace(/\s+/g, ' ').trim();
  const words = cutTo(masked, SEARCHED_CHARS_MAX);
  const normalised = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}#@]+/gu, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(normalised) ? { words, normalised } : null;
}

/** Not through the middle of a sign that takes two places. */
function cutTo(text: string, max: number): string {
  return text
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}
