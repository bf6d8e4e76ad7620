import { describe, expect, test } from 'vitest';

import { readPeople, readRecipients, readWords } from './words.ts';

describe('words', () => {
  test('shows uploads as parts of the mail, and names them in the text', () => {
    const html =
      '<p>See:</p><img src="/api/v1/attachments/a-1" alt="Drawing &amp; sizes">' +
      '<img src="cid:a-2"><img src="/api/v1/attachments/a-1"><img src="/api/v1/me">';
    const words = readWords({ html });
    expect(words.inline).toEqual(['a-1', 'a-2']);
    expect(words.html?.match(/ src="[^"]*"/g)).toEqual([
      ' src="cid:a-1@postkeep.invalid"',
      ' src="cid:a-2@postkeep.invalid"',
      ' src="cid:a-1@postkeep.invalid"',
    ]);
    expect(words.text).toMatch(/^See:\s+\[Drawing & sizes\]$/);
    // What is stored may be given again.
    expect(readWords({ html: words.html ?? '' })).toMatchObject({ inline: words.inline });
  });

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
      expect(readWords(body)).toEqual({ text: '', html: null, snippet: '', inline: [] });
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
