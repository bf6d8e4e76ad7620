import { words } from '../src/lib/i18n/en/index.ts';
import type { Speech } from '../src/lib/i18n/speech.ts';
import { words as swedishWords } from '../src/lib/i18n/sv/index.ts';
import { Dates } from '../src/lib/time/dates.ts';

/** English, in the zone of the machine: what functions that make words are tested with. */
export const english: Speech = {
  language: 'en',
  t: words,
  dates: new Dates('en-GB', null, words.time),
};

export const swedish: Speech = {
  language: 'sv',
  t: swedishWords,
  dates: new Dates('sv-SE', null, swedishWords.time),
};
