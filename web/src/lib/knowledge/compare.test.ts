import fc from 'fast-check';
import { expect, test } from 'vitest';

import { compare } from './compare.ts';
import type { ComparedLine } from './compare.ts';

/** As a reader sees it: what went between brackets, what came between braces. */
const shown = (before: string, after: string): string[] =>
  compare(before, after).map(({ pieces }) =>
    pieces
      .map(({ kind, text }) => ({ same: text, gone: `[${text}]`, new: `{${text}}` })[kind])
      .join(''),
  );

const sideOf = (lines: ComparedLine[], without: 'gone' | 'new') =>
  lines
    .filter(({ kind }) => kind !== without)
    .map(({ pieces }) => pieces.map(({ kind, text }) => (kind === without ? '' : text)).join(''))
    .join('\n');

test('words that changed are marked within their line', () => {
  expect(shown('Delivery costs 29 €.\nWe call.', 'Delivery costs 35 €.\nWe call.')).toEqual([
    'Delivery costs [29]{35} €.',
    'We call.',
  ]);
});

test('lines that came or went are marked whole', () => {
  expect(shown('# Steps\none\ntwo', '# Steps\ntwo\nthree')).toEqual([
    '# Steps',
    '[one]',
    'two',
    '{three}',
  ]);
  expect(shown('Turn the ring.', 'Wholly different 123')).toEqual([
    '[Turn the ring.]',
    '{Wholly different 123}',
  ]);
});

test('both texts are in it, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b c', 'b d', '', 'Å ö!'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [before, after] = [one.join('\n'), other.join('\n')];
      const lines = compare(before, after);
      expect(sideOf(lines, 'new')).toBe(before);
      expect(sideOf(lines, 'gone')).toBe(after);
    }),
  );
});

test('texts too long to be laid above each other are shown one after the other', () => {
  const many = (word: string) => Array.from({ length: 2_500 }, (_, n) => `${word}${n}`).join('\n');
  const lines = compare(many('a'), many('b'));
  expect(sideOf(lines, 'new')).toBe(many('a'));
  expect(sideOf(lines, 'gone')).toBe(many('b'));
});
