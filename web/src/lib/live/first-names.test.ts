import { expect, it } from 'vitest';
import { firstNames } from './first-names.ts';

it('calls people by their first names, unless two have the same', () => {
  const people = ['Anna Berg', 'Bo Lindqvist', 'Anna Holm'].map((name) => ({ name }));
  expect(firstNames(people)).toEqual(['Anna Berg', 'Bo', 'Anna Holm']);
});
