import { expect, test } from 'vitest';
import { chosenLanguage } from './chosen-language.ts';

test.each([
  ['sv', 'en', 'sv'],
  ['SV', null, 'sv'],
  ['de', 'sv', 'sv'],
  ['<script>', null, 'en'],
  [null, 'sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
  [null, 'de, en-US;q=0.7, sv;q=0.8', 'sv'],
  [null, 'sv;q=0, en', 'en'],
  [null, '*', 'en'],
  [null, 'de;q=x', 'en'],
  [null, null, 'en'],
])('asked for %s by a browser that wishes %s: %s', (asked, wishes, chosen) => {
  expect(chosenLanguage(['en', 'sv'], asked, wishes)).toBe(chosen);
});

test('a region is read by who asks for the language, and the other way around', () => {
  expect(chosenLanguage(['sv', 'en-GB'], 'en', null)).toBe('en-GB');
  expect(chosenLanguage(['sv', 'en'], null, 'en-US')).toBe('en');
});
