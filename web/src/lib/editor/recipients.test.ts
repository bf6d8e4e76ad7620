import { expect, test } from 'vitest';
import { isAddress, readAddressList } from './recipients.svelte.ts';

test('addresses are read as people type and paste them', () => {
  expect(readAddressList('bob@x.test, eve@x.test;ann@x.test dan@x.test')).toEqual([
    'bob@x.test',
    'eve@x.test',
    'ann@x.test',
    'dan@x.test',
  ]);
  expect(readAddressList('Bob B <bob@x.test>, "Eve, E" <eve@x.test>').at(-1)).toBe('eve@x.test');
  expect(isAddress('bob at x')).toBe(false);
});
