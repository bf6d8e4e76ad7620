import { readWhen } from './read-when.ts';

export interface QuickChoice {
  text: string;
  at: number;
}

const OFFERED = ['In 2 hours', 'Tomorrow', 'Friday', 'Monday', 'In a week'] as const;

/** The dates that are chosen most, as they would be typed. */
export function quickChoices(now: number): QuickChoice[] {
  return OFFERED.flatMap((text) => {
    const at = readWhen(text, now);
    return at === null ? [] : [{ text, at }];
  });
}
