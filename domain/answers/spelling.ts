/** Below that, one wrong letter makes another word. */
const CHARS_MIN = 4;

/** The part of a compound that has a meaning of its own: `frakt` of `fraktkostnad`. */
const PART_CHARS_MIN = 4;

/** A word that somebody is still typing says something from the third letter on. */
const BEGUN_CHARS_MIN = 3;

const PART_LIKENESS = 0.7;

/** How many letters may be wrong, swapped, missing or too many. */
function slipsMax(word: string): number {
  if (word.length < CHARS_MIN) return 0;
  return word.length < 6 ? 1 : 2;
}

/** 0..1: how surely `asked` means `word`, which somebody misspelt, began or put together. */
export function likeness(asked: string, word: string): number {
  if (asked === word) return 1;
  const slips = distance(asked, word);
  if (slips <= slipsMax(asked)) return 1 - (1.5 * slips) / Math.max(asked.length, word.length);
  if (asked.length >= BEGUN_CHARS_MIN && word.startsWith(asked)) {
    return Math.max(PART_LIKENESS, asked.length / word.length);
  }
  const isPart = word.length >= PART_CHARS_MIN;
  return isPart && (asked.startsWith(word) || asked.endsWith(word)) ? PART_LIKENESS : 0;
}

/** Beginnings and ends of a word that may be words themselves. */
export function partsOf(word: string): string[] {
  const parts: string[] = [];
  for (let length = PART_CHARS_MIN; length < word.length - 1; length += 1) {
    parts.push(word.slice(0, length), word.slice(-length));
  }
  return parts;
}

/** Optimal string alignment: letters changed, added, left out, or swapped with the next one. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(changed, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && isSwapped) {
        least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? Math.max(a.length, b.length);
}
