import type { Dates } from './dates.ts';
import { readWhen } from './read-when.ts';

export interface QuickChoice {
  text: string;
  at: number;
}

const OFFERED = ['In 2 hours', 'Tomorrow', 'Friday', 'Monday', 'In a week'] as const;

/** The dates that are chosen most, as they would be typed; of two on one day the first. */
export function quickChoices(now: number, dates: Dates): QuickChoice[] {
  const choices = OFFERED.flatMap((text) => {
    const at = readWhen(text, now, dates.zone);
    return at === null ? [] : [{ text, at }];
  });
  // The first choice is hours away and names no day.
  return choices.filter(({ at }, place) => {
    const others = choices.slice(1, Math.max(place, 1));
    return others.every((other) => dates.daysBetween(other.at, at) !== 0);
  });
}
