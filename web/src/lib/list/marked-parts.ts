export interface MarkedPart {
  text: string;
  /** Whether it is one of the words that were looked for. */
  found: boolean;
}

/** A search of parts of words finds them anywhere, one of whole words where they begin. */
type Where = 'anywhere' | 'beginnings';

/** A text in parts, so that what was looked for can be marked in it. */
export function markedParts(text: string, sought: string, where: Where = 'anywhere'): MarkedPart[] {
  const words = sought.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [{ text, found: false }];
  const before = where === 'beginnings' ? '(?<![\\p{L}\\p{N}])' : '';
  const any = new RegExp(`${before}(${words.map(escaped).join('|')})`, 'giu');
  // What a pattern with one group splits by stands at the odd places.
  return text
    .split(any)
    .map((part, place) => ({ text: part, found: place % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
