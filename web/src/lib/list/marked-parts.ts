export interface MarkedPart {
  text: string;
  /** Whether it is one of the words that were looked for. */
  found: boolean;
}

/** A text in parts, so that what was looked for can be marked in it. */
export function markedParts(text: string, sought: string): MarkedPart[] {
  const words = sought.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [{ text, found: false }];
  const any = new RegExp(`(${words.map(escaped).join('|')})`, 'giu');
  // What a pattern with one group splits by stands at the odd places.
  return text
    .split(any)
    .map((part, place) => ({ text: part, found: place % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
