import { isAskingWord } from '../answers/asking-words.ts';

/** Whose traces a text may have. */
export interface People {
  /** As they are written, in any order of their parts. */
  names: readonly string[];
  addresses: readonly string[];
}

/** Shorter parts, such as Bo and Per, are words of their own in some language. */
const ANY_CASE_CHARS_MIN = 4;

/** In the name of a sender without being a name. */
const GENERIC = new Set(
  (
    'customer customers service support info team help desk sales order orders shop store office ' +
    'mail noreply reply contact admin company group limited kundtjänst kundservice order butik ' +
    'gmbh hello hej question billing invoice account the and och for von van der'
  ).split(' '),
);

interface NamePart {
  word: string;
  anyCase: boolean;
}

/**
 * What finds the names of these people in a text, each part by itself, also with an s behind it. A
 * part that is a word of the language as well counts only where it begins with a capital letter.
 */
export function namesPattern(people: People): { anyCase: RegExp; capital: RegExp } | null {
  const parts = new Map<string, NamePart>();
  for (const word of [...people.names, ...people.addresses.map(localPart)].flatMap(partsOf)) {
    const anyCase = word.length >= ANY_CASE_CHARS_MIN && !isAskingWord(word);
    parts.set(word.toLowerCase(), { word, anyCase });
  }
  if (parts.size === 0) return null;
  const all = [...parts.values()].toSorted((a, b) => b.word.length - a.word.length);
  return {
    anyCase: wordsPattern(
      all.filter(({ anyCase }) => anyCase).map(({ word }) => word),
      'giu',
    ),
    capital: wordsPattern(
      all
        .filter(({ anyCase }) => !anyCase)
        .flatMap(({ word }) => [capitalised(word), word.toUpperCase()]),
      'gu',
    ),
  };
}

/** In `eleanor.hughes@…` names may stand that the sender's name does not have. */
function localPart(address: string): string {
  const [name = ''] = address.split(/[@+]/);
  return name
    .split(/[._\-\d]+/)
    .filter((part) => part.length >= ANY_CASE_CHARS_MIN)
    .join(' ');
}

function partsOf(name: string): string[] {
  const parts = name.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
  return parts.filter((part) => part.length > 1 && !GENERIC.has(part.toLowerCase()));
}

function capitalised(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length).toLowerCase();
}

/** Matches nothing without words. */
function wordsPattern(words: readonly string[], flags: string): RegExp {
  if (words.length === 0) return /(?!)/g;
  const names = words.join('|');
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${names})(?=s?(?![\\p{L}\\p{M}\\p{N}]))`, flags);
}
