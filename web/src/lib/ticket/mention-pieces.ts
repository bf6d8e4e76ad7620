export interface Piece {
  text: string;
  mention: boolean;
}

/** A text cut at the `@Name` of those whom it calls, by their whole or their first name. */
export function mentionPieces(text: string, names: readonly string[]): Piece[] {
  const calls = names
    .flatMap((name) => [name, name.trim().split(/\s+/)[0] ?? ''])
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (calls.length === 0) return [{ text, mention: false }];
  const called = new RegExp(`(@(?:${calls.join('|')}))(?![\\p{L}\\p{N}_])`, 'iu');
  return text
    .split(called)
    .map((piece, place) => ({ text: piece, mention: place % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

/** The `@…` that is being typed before the caret; null when none is. */
export function mentionBefore(text: string, caret: number): { from: number; typed: string } | null {
  const typed = /(?:^|[\s(])@([\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]*)?)$/u.exec(text.slice(0, caret));
  if (typed === null) return null;
  const name = typed[1] ?? '';
  return { from: caret - name.length - 1, typed: name };
}
