import { expect, it } from 'vitest';
import { labelsIn, labelText } from './label-list.ts';

it.each([
  [['refund', 'a, b', '6" pipe'], 'refund, "a, b", "6"" pipe"'],
  [[], ''],
])('labels %j are typed as %j, and read back', (names, text) => {
  expect(labelText(names)).toBe(text);
  expect(labelsIn(text)).toEqual(names);
});

it('what is typed loosely is read as it is meant', () => {
  expect(labelsIn(' vip ,, "late, again" , vip,6" pipe')).toEqual([
    'vip',
    'late, again',
    '6" pipe',
  ]);
  expect(labelsIn('"never closed, so')).toEqual(['"never closed', 'so']);
});
