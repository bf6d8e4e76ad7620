import { expect, it } from 'vitest';
import { questionLanguage } from './question-language.ts';

it.each([
  ['How do I wash the shade?', 'en'],
  ['Hur tvättar jag lampskärmen?', 'sv'],
  ['Hej, jag har inte fått mitt paket', 'sv'],
  ['where is my parcel', 'en'],
  ['INV-2231', null],
  ['', null],
])('the language of “%s” is %s', (text, language) => {
  expect(questionLanguage(text)).toBe(language);
});
