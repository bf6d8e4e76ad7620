import { describe, expect, test } from 'vitest';

import { pageOf, readCursor, writeCursor } from './keyset.ts';

describe('a page', () => {
  const rows = [1, 2, 3].map((number) => ({ number }));

  test('ends with a cursor only when there is more', () => {
    const page = pageOf(rows, 2, 'newest', (row) => [row.number]);
    expect(page.items).toEqual([{ number: 1 }, { number: 2 }]);
    expect(readCursor(page.nextCursor ?? '', 'newest').number()).toBe(2);
    expect(pageOf(rows, 3, 'newest', (row) => [row.number]).nextCursor).toBeNull();
    expect(pageOf([], 3, 'newest', () => []).nextCursor).toBeNull();
  });
});

describe('a cursor', () => {
  test('gives back its parts in their order', () => {
    const time = '2026-11-19T16:20:00.000001Z';
    const key = readCursor(writeCursor('names', ['ä "b"', time, null, 7]), 'names');
    expect([key.text(), key.time(), key.timeOrNull(), key.number()]).toEqual([
      'ä "b"',
      time,
      null,
      7,
    ]);
  });

  test('that we did not make for this list is refused', () => {
    const cursors = ['', '%', 'bnVsbA', 'e30', 'x'.repeat(3_000), writeCursor('other', [1])];
    for (const cursor of cursors) {
      expect(() => readCursor(cursor, 'newest')).toThrow('does not belong to this list');
    }
  });

  test('with parts of another kind is refused before it reaches the database', () => {
    const read = (...parts: (string | number | null)[]) =>
      readCursor(writeCursor('newest', parts), 'newest');
    expect(() => read('now').time()).toThrow();
    expect(() => read(null).time()).toThrow();
    expect(() => read('1').number()).toThrow();
    expect(() => read(1.5).number()).toThrow();
    expect(() => read(1).text()).toThrow();
    expect(() => read('a\0b').text()).toThrow();
    expect(() => read().text()).toThrow();
  });
});
