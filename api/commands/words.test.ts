import { describe, expect, test } from 'vitest';

import { readPeople, readRecipients, readWords } from './words.ts';

describe('words', () => {
  test('of HTML alone get a text, and lose what could run', () => {
    const words = readWords({ html: '<p>Hello <b>you</b></p><img src=x onerror=alert(1)>' });
    expect(words.text).toBe('Hello you');
    expect(words.html).not.toContain('onerror');
    expect(words.snippet).toBe('Hello you');
  });

  test('that show nothing are none', () => {
    for (const body of [
      {},
      { text: ' \n\t' },
      { html: '<p>&nbsp;</p>' },
      { html: '<style>a</style>' },
    ]) {
      expect(readWords(body)).toEqual({ text: '', html: null, snippet: '' });
    }
  });

  test('keep a picture that says it without words', () => {
    expect(readWords({ html: '<img src="cid:drawing">' }).html).toContain('cid:drawing');
  });

  test('keep the text that was given beside HTML', () => {
    expect(readWords({ text: 'Mine', html: '<p>Other</p>' })).toMatchObject({ text: 'Mine' });
  });
});

describe('recipients', () => {
  test('may have names, come in one text, and count once', () => {
    expect(readPeople('to', 'Eva Berg <EVA@x.test>, otto@x.test')).toEqual([
      { name: 'Eva Berg', address: 'eva@x.test' },
      { name: '', address: 'otto@x.test' },
    ]);
    expect(readRecipients('cc', ['eva@x.test', 'Eva@X.test'])).toEqual(['eva@x.test']);
  });

  test('that are no addresses, or a mailing list, are refused by name', () => {
    expect(() => readRecipients('cc', ['eva'])).toThrow(/"cc".*"eva"/);
    const many = Array.from({ length: 51 }, (_, index) => `a${index}@x.test`);
    expect(() => readRecipients('cc', many)).toThrow(/51 addresses/);
  });
});
