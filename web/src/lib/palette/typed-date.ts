import type { Speech } from '../i18n/speech.ts';
import { readWhen } from '../time/read-when.ts';

/** "pend until fri": words before the date that say what is to happen then. */
const VERB_WORDS_MAX = 3;

export interface TypedDate {
  /** In ms since 1970. */
  at: number;
  /** What stands before it; '' when there is nothing but the date. */
  verb: string;
}

/** The date at the end of what is typed; null when there is none to come. */
export function typedDate(
  typed: string,
  now: number,
  { dates, language }: Speech,
): TypedDate | null {
  const words = typed.trim().split(/\s+/);
  for (let place = 0; place <= Math.min(VERB_WORDS_MAX, words.length - 1); place++) {
    const at = readWhen(words.slice(place).join(' '), now, dates.zone, language);
    if (at !== null && at > now) return { at, verb: words.slice(0, place).join(' ') };
  }
  return null;
}
