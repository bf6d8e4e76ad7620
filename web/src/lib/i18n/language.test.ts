import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('the language of the console', () => {
  it('is the first wish that it speaks, whatever the region', () => {
    expect(languageOf([null, 'de-DE', 'sv-FI', 'en'])).toBe('sv');
    expect(languageOf(['en-US', 'sv'])).toBe('en');
  });

  it('is English for who asks for none of its languages', () => {
    expect(languageOf(['de', 'fr-CA'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });
});
