import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAutomatic } from './automatic.ts';
import { readHeaders } from './headers.ts';

const fixture = (name: string) =>
  readHeaders(readFileSync(new URL(`../tests/fixtures/mail/${name}.eml`, import.meta.url)));
const fetched = { from: null };

describe('an automatic mail', () => {
  it.each([
    ['automatic-outlook', 'answer'],
    ['automatic-gmail-vacation', 'answer'],
    ['automatic-subject-de', 'answer'],
    ['automatic-subject-sv', 'answer'],
    ['automatic-null-sender', 'answer'],
    ['automatic-read-receipt', 'answer'],
    ['automatic-list', 'bulk'],
    ['automatic-order', 'notice'],
    ['automatic-no-reply', 'notice'],
    ['bounce-postfix', 'report'],
    ['bounce-exim', 'answer'],
  ])('%s is told by its headers', (name, kind) => {
    expect(readAutomatic(fixture(name), fetched)?.kind).toBe(kind);
  });

  it('is no mail of a person', () => {
    for (const name of ['automatic-not', 'quote-gmail-en', 'quote-outlook-de', 'charset-utf8']) {
      expect(readAutomatic(fixture(name), { from: 'bo@customer.example' }), name).toBeNull();
    }
  });

  it('is told by the empty return path of the envelope alone', () => {
    const person = fixture('quote-gmail-en');
    expect(readAutomatic(person, { from: '' })?.reason).toBe(
      'an automatic answer: it has an empty return path',
    );
  });
});
