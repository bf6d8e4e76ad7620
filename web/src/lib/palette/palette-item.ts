import type { IconName } from '../icons/icon-name.ts';
import type { Command } from '../keys/key-table.ts';
import { fits } from './match.ts';

export const PALETTE_GROUPS = ['ticket', 'tickets', 'customers', 'go', 'settings'] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

/** Something that can be chosen in the palette. */
export interface PaletteItem {
  id: string;
  group: PaletteGroup;
  text: string;
  /** After the text, fainter. */
  hint?: string;
  icon: IconName;
  tone?: string;
  /** Whose key stands at the end. */
  command?: Command;
  /** Why it cannot be done now: it is shown all the same. */
  refused?: string | null;
  /** Found by these words too. */
  words?: string;
  /** `found`: it was looked for with what is typed. `asked`: only shown when something is typed. */
  when?: 'found' | 'asked';
  run: () => unknown;
}

/** More of one kind than this is a list, and lists have pages of their own. */
const SHOWN_MAX = { ticket: 8, tickets: 6, customers: 5, go: 6, settings: 5 } as const;

export interface ShownGroup {
  group: PaletteGroup;
  items: PaletteItem[];
}

/** What is shown for what is typed: the best of each group, groups in their order. */
export function shownItems(items: readonly PaletteItem[], typed: string): ShownGroup[] {
  const blank = typed.trim() === '';
  const scored = items.flatMap((item) => {
    if (blank && item.when !== undefined) return [];
    const score = blank ? 0 : fits(typed, `${item.text} ${item.words ?? ''}`);
    // What was found has its words somewhere: those whose name has them stand before the others.
    if (score === null) return item.when === 'found' ? [{ item, score: -1 }] : [];
    return [{ item, score }];
  });
  return PALETTE_GROUPS.map((group) => ({
    group,
    items: scored
      .filter(({ item }) => item.group === group)
      .sort((a, b) => b.score - a.score)
      .slice(0, SHOWN_MAX[group])
      .map(({ item }) => item),
  })).filter(({ items: shown }) => shown.length > 0);
}
