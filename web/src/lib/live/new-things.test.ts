import { expect, it } from 'vitest';
import { NewThings } from './new-things.ts';

it('tells what came since the last look, once, and nothing of what was there at first', () => {
  const things = new NewThings<string>();
  const look = (...ids: string[]) => things.of(ids, (id) => id);
  expect(look('a', 'b')).toEqual([]);
  expect(look('c', 'a')).toEqual(['c']);
  expect(look('c')).toEqual([]);
  expect(look('a', 'b', 'c')).toEqual([]);
});
