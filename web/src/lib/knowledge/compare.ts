/** Words that two texts share, or that one of them has alone. */
export interface Piece {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** One line of two texts that are laid above each other. */
export interface ComparedLine {
  kind: 'same' | 'gone' | 'new' | 'changed';
  pieces: Piece[];
}

/** Some 2,000 lines that have all changed: the table for more would take tens of megabytes. */
const CELLS_MAX = 4_000_000;

/** Lines that have less in common than this share of their words are two different ones. */
const ALIKE_MIN = 0.3;

/** How the second text came out of the first one, line by line and word by word. */
export function compare(before: string, after: string): ComparedLine[] {
  const lines: ComparedLine[] = [];
  let gone: string[] = [];
  let made: string[] = [];
  const flush = () => {
    lines.push(...pairUp(gone, made));
    [gone, made] = [[], []];
  };
  for (const { kind, text } of differences(before.split('\n'), after.split('\n'))) {
    if (kind === 'gone') gone.push(text);
    else if (kind === 'new') made.push(text);
    else {
      flush();
      lines.push(whole('same', text));
    }
  }
  flush();
  return lines;
}

/** What was taken away and what came in its place: alike lines are shown as one. */
function pairUp(gone: readonly string[], made: readonly string[]): ComparedLine[] {
  const lines: ComparedLine[] = [];
  for (let place = 0; place < Math.max(gone.length, made.length); place += 1) {
    const [old, fresh] = [gone[place], made[place]];
    const pieces = old === undefined || fresh === undefined ? null : wordPieces(old, fresh);
    if (pieces) lines.push({ kind: 'changed', pieces });
    else {
      if (old !== undefined) lines.push(whole('gone', old));
      if (fresh !== undefined) lines.push(whole('new', fresh));
    }
  }
  return lines;
}

/** Null when they have hardly a word in common. */
function wordPieces(old: string, fresh: string): Piece[] | null {
  const pieces = differences(wordsOf(old), wordsOf(fresh));
  const shared = pieces.reduce(
    (sum, { kind, text }) => sum + (kind === 'same' ? text.length : 0),
    0,
  );
  if (shared < ALIKE_MIN * Math.max(old.length, fresh.length)) return null;
  return joined(pieces);
}

/** Words, and what stands between them. */
function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const { kind, text } of pieces) {
    const last = all.at(-1);
    if (last?.kind === kind) last.text += text;
    else all.push({ kind, text });
  }
  return all;
}

function whole(kind: Piece['kind'], text: string): ComparedLine {
  return { kind, pieces: [{ kind, text }] };
}

/** The longest common sequence, and around it what only one of them has, the old first. */
function differences(before: readonly string[], after: readonly string[]): Piece[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let [endOld, endNew] = [before.length, after.length];
  while (endOld > start && endNew > start && before[endOld - 1] === after[endNew - 1]) {
    [endOld, endNew] = [endOld - 1, endNew - 1];
  }
  return [
    ...before.slice(0, start).map((text) => ({ kind: 'same', text }) as const),
    ...middle(before.slice(start, endOld), after.slice(start, endNew)),
    ...before.slice(endOld).map((text) => ({ kind: 'same', text }) as const),
  ];
}

function middle(old: readonly string[], fresh: readonly string[]): Piece[] {
  const width = fresh.length + 1;
  const known = (old.length + 1) * width <= CELLS_MAX;
  // For each pair of places: how many both have in common from there on.
  const common = new Uint32Array(known ? (old.length + 1) * width : 0);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = known ? old.length - 1 : -1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const more = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : 0;
      common[i * width + j] = Math.max(more, at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [gone, made] = [old[i], fresh[j]];
    if (known && gone !== undefined && gone === made) {
      pieces.push({ kind: 'same', text: gone });
      [i, j] = [i + 1, j + 1];
    } else if (gone !== undefined && (made === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'gone', text: gone });
      i += 1;
    } else if (made !== undefined) {
      pieces.push({ kind: 'new', text: made });
      j += 1;
    }
  }
  return pieces;
}
