import { languageOf } from '../language.ts';
import { english, type HelpWords } from './en.ts';
import { swedish } from './sv.ts';

/** The words of a help page in its language; English where we have none of it. */
export function helpWords(language: string): HelpWords {
  return languageOf([language]) === 'sv' ? swedish : english;
}
