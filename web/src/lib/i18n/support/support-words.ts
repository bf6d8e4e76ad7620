import { english, type SupportWords } from './en.ts';
import { swedish } from './sv.ts';

/** By the beginning of a BCP 47 tag: Swedish, or English for everybody else. */
export function supportWords(language: string): SupportWords {
  return /^sv\b/i.test(language) ? swedish : english;
}
