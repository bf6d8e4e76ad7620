import { expect, test } from 'vitest';

import { mentionsIn } from './mentions.ts';

const colleagues = [
  { id: 'anna', name: 'Anna Berg' },
  { id: 'bo', name: 'Bo Lindqvist' },
  { id: 'bo2', name: 'Bo Ek' },
  { id: 'asa', name: 'Åsa' },
];

test('a whole name calls its owner alone, in any case', () => {
  expect(mentionsIn('Ask @bo lindqvist, please.', colleagues)).toEqual(['bo']);
  expect(mentionsIn('@Anna Berg and @Åsa: look.', colleagues)).toEqual(['anna', 'asa']);
});

test('a first name calls everyone who has it', () => {
  expect(mentionsIn('Ask @Bo about the shade.', colleagues)).toEqual(['bo', 'bo2']);
  expect(mentionsIn('(@anna)', colleagues)).toEqual(['anna']);
});

test('other words and addresses call nobody', () => {
  expect(mentionsIn('@Bob, @annabel, bo, eva@x.test, @', colleagues)).toEqual([]);
  expect(mentionsIn('@bo', [{ id: 'x', name: '' }])).toEqual([]);
});
