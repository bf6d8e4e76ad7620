import { expect, test } from 'vitest';
import { readLink } from './read-link.ts';

test('a link is what leads out of the mail, and runs nothing', () => {
  expect(readLink('acme.test/care')).toBe('https://acme.test/care');
  expect(readLink(' http://acme.test ')).toBe('http://acme.test');
  expect(readLink('bo@acme.test')).toBe('mailto:bo@acme.test');
  expect(readLink('javascript:alert(1)')).toBeNull();
  expect(readLink('')).toBeNull();
});
