import type { Speech } from '../i18n/speech.ts';
import { readWhen } from './read-when.ts';

export interface QuickChoice {
  text: string;
  at: number;
}

/** The dates that are chosen most, as they would be typed; of two on one day the first. */
export function quickChoices(now: number, { t, dates, language }: Speech): QuickChoice[] {
  const choices = t.when.offered.flatMap((text) => {
    const at = readWhen(text, now, dates.zone, language);
    return at === null ? [] : [{ text, at }];
  });
  // The first choice is hours away and names no day.
  return choices.filter(({ at }, place) => {
    const others = choices.slice(1, Math.max(place, 1));
    return others.every((other) => dates.daysBetween(other.at, at) !== 0);
  });
}
