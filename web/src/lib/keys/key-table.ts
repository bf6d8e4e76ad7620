/** Where a key works: on every page, in lists, on an open ticket, or while writing an answer. */
export type Place = 'everywhere' | 'list' | 'ticket' | 'writing';

interface Key {
  place: Place;
  /** `Mod` is Cmd on a Mac and Ctrl elsewhere; "g o" is two presses, one after the other. */
  strokes: readonly string[];
  /** Read by the editor, which knows where its cursor stands; here so that the map has it. */
  inEditor?: true;
}

/** Every key of the console, in the order of the map. Nothing else reads keys for commands. */
export const KEYS = {
  next: { place: 'list', strokes: ['j'] },
  previous: { place: 'list', strokes: ['k'] },
  open: { place: 'list', strokes: ['Enter'] },
  back: { place: 'list', strokes: ['Escape'] },
  select: { place: 'list', strokes: ['x'] },
  selectRange: { place: 'list', strokes: ['Shift+x'] },
  updates: { place: 'list', strokes: ['.'] },
  filter: { place: 'list', strokes: ['f'] },
  list: { place: 'list', strokes: ['['] },
  reply: { place: 'writing', strokes: ['r'] },
  note: { place: 'writing', strokes: ['n'] },
  canned: { place: 'writing', strokes: ['/'], inEditor: true },
  knowledge: { place: 'writing', strokes: ['?'], inEditor: true },
  send: { place: 'writing', strokes: ['Mod+Enter'] },
  sendAndPend: { place: 'writing', strokes: ['Mod+h'] },
  sendAndSolve: { place: 'writing', strokes: ['Mod+e'] },
  undo: { place: 'writing', strokes: ['z'] },
  claim: { place: 'ticket', strokes: ['m'] },
  assign: { place: 'ticket', strokes: ['a'] },
  label: { place: 'ticket', strokes: ['l'] },
  invite: { place: 'ticket', strokes: ['i'] },
  pend: { place: 'ticket', strokes: ['h'] },
  solve: { place: 'ticket', strokes: ['e'] },
  makeArticle: { place: 'ticket', strokes: ['b'] },
  // These have no key of their own; the palette has them.
  rename: { place: 'ticket', strokes: [] },
  solveWithSummary: { place: 'ticket', strokes: [] },
  search: { place: 'everywhere', strokes: ['s', '/'] },
  palette: { place: 'everywhere', strokes: ['Mod+k'] },
  compose: { place: 'everywhere', strokes: ['c'] },
  goOpen: { place: 'everywhere', strokes: ['g o'] },
  goNew: { place: 'everywhere', strokes: ['g n'] },
  goTeam: { place: 'everywhere', strokes: ['g t'] },
  goPending: { place: 'everywhere', strokes: ['g p'] },
  goSolved: { place: 'everywhere', strokes: ['g s'] },
  map: { place: 'everywhere', strokes: ['?', 'Mod+/'] },
} as const satisfies Record<string, Key>;

export type Command = keyof typeof KEYS;

interface TableRow extends Key {
  command: Command;
}

/** The table as a list: what the map shows and what presses are looked up in. */
export const KEY_ROWS: readonly TableRow[] = (() => {
  const rows: TableRow[] = [];
  let command: Command;
  for (command in KEYS) rows.push({ command, ...KEYS[command] });
  return rows;
})();

/** The commands of a press, or of two presses after each other. */
export function commandsOf(stroke: string): Command[] {
  return KEY_ROWS.filter((row) => !row.inEditor && row.strokes.includes(stroke)).map(
    (row) => row.command,
  );
}

/** Whether a press begins a pair such as "g o". */
export function beginsPair(stroke: string): boolean {
  return KEY_ROWS.some((row) => row.strokes.some((known) => known.startsWith(`${stroke} `)));
}
