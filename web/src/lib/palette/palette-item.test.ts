import { describe, expect, it } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { savedItems } from './desk-items.ts';
import { shownItems, type PaletteItem } from './palette-item.ts';
import { typedDate } from './typed-date.ts';

const item = (change: Partial<PaletteItem>): PaletteItem => ({
  ...{ id: 'x', group: 'ticket', text: 'Claim', icon: 'person', run: () => undefined },
  ...change,
});

const ITEMS = [
  item({ id: 'claim' }),
  item({ id: 'assign', text: 'Assign to Bo', when: 'asked' }),
  item({ id: 'solve', text: 'Solve, no summary', refused: 'Solved by Anna, 11:02.' }),
  item({ id: 'found', group: 'tickets', text: 'A lamp', when: 'found' }),
  item({ id: 'open', group: 'go', text: 'Open' }),
];

const shown = (typed: string) =>
  shownItems(ITEMS, typed).map(
    ({ group, items }) => `${group}: ${items.map(({ id }) => id).join(',')}`,
  );

describe('the palette', () => {
  it('begins with what is done most, and not with every agent there is', () => {
    expect(shown('')).toEqual(['ticket: claim,solve', 'go: open']);
  });

  it('shows what was found, though its words are not those that are typed', () => {
    expect(shown('assign')).toEqual(['ticket: assign', 'tickets: found']);
  });

  it('shows what is refused, with its reason', () => {
    const [group] = shownItems(ITEMS, 'solve');
    expect(group?.items[0]?.refused).toBe('Solved by Anna, 11:02.');
  });
});

describe('saved views in the palette', () => {
  const bo = { id: 'bo', name: 'Bo Lindqvist' };
  const view = { id: 'v', name: 'Urgent lamps', shared: true, agent: bo, view: 'open', count: 2 };
  const gone: string[] = [];
  const items = savedItems([{ ...view, query: { label: ['urgent'] } }], english, (path) =>
    gone.push(path),
  );

  it('are found by their name and by what they are, and lead to their list', () => {
    expect(shownItems(items, '')).toEqual([]);
    for (const typed of ['lamps', 'saved view']) {
      const [found] = shownItems(items, typed)[0]?.items ?? [];
      expect(found).toMatchObject({ text: 'Urgent lamps', hint: expect.stringContaining('Bo') });
    }
    items[0]?.run();
    expect(gone).toEqual(['/open?label=urgent']);
  });
});

describe('a date in the palette', () => {
  const now = new Date(2026, 10, 24, 11, 14).getTime(); // a Tuesday
  const friday = new Date(2026, 10, 27, 9).getTime();

  it.each([
    ['fri', ''],
    ['pend fri', 'pend'],
    ['pend until friday 9', 'pend until'],
    ['auto-solve on fri', 'auto-solve on'],
  ])('is read from %j', (typed, verb) => {
    expect(typedDate(typed, now, english)).toEqual({ at: friday, verb });
  });

  it('is not read from a number, a name, or what is over', () => {
    expect(typedDate('1042', now, english)).toBeNull();
    expect(typedDate('friberg', now, english)).toBeNull();
    expect(typedDate('pend 2020-01-01', now, english)).toBeNull();
  });
});
