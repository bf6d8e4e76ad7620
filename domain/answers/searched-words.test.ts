import { expect, test } from 'vitest';

import { SEARCHED_CHARS_MAX, searchedWords } from './searched-words.ts';

test.each([
  ['  How do I  FASTEN the ring?! ', 'How do I FASTEN the ring?!', 'how do i fasten the ring'],
  ['Lumen 40 from 2015', 'Lumen 40 from 2015', 'lumen 40 from 2015'],
  ['order 10023-4 of eva@brightmail.test', 'order # of …@…', 'order # of @'],
  ['ring +46 70 123 45 67 now', 'ring # now', 'ring # now'],
  ['ring (08) 123 45 67', 'ring (#', 'ring #'],
  ['my card 4111-1111-1111-1111', 'my card #', 'my card #'],
  ['invoice INV20261130', 'invoice INV#', 'invoice inv#'],
  ['Är skärmen trasig?', 'Är skärmen trasig?', 'är skärmen trasig'],
  ['<b>bulb</b>', '<b>bulb</b>', 'b bulb b'],
])('%s is kept as %s', (asked, words, normalised) => {
  expect(searchedWords(asked)).toEqual({ words, normalised });
});

test.each(['', '  ', '?!', '070-123 45 67', 'eva@brightmail.test'])(
  'of %j nothing is kept',
  (asked) => {
    expect(searchedWords(asked)).toBeNull();
  },
);

test('a long text is cut, and never through the middle of a sign', () => {
  expect(searchedWords('word '.repeat(100))?.words).toHaveLength(SEARCHED_CHARS_MAX - 1);
  expect(searchedWords(`${'x'.repeat(SEARCHED_CHARS_MAX - 1)}😀`)?.words).toMatch(/x$/);
});
