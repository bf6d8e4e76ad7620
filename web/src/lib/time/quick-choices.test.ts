import { describe, expect, it } from 'vitest';
import { time } from '../i18n/en/time.ts';
import { Dates } from './dates.ts';
import { quickChoices } from './quick-choices.ts';

const dates = new Dates('en-GB', null, time);

/** On a day of November 2026, in the evening. */
const offeredOn = (date: number) =>
  quickChoices(new Date(2026, 10, date, 23, 0).getTime(), dates).map((choice) => choice.text);

describe('the dates that are offered', () => {
  it('are all five in the middle of a week', () => {
    const all = ['In 2 hours', 'Tomorrow', 'Friday', 'Monday', 'In a week'];
    expect(offeredOn(24)).toEqual(all);
  });

  it('name no day twice', () => {
    expect(offeredOn(23)).toEqual(['In 2 hours', 'Tomorrow', 'Friday', 'Monday']);
    expect(offeredOn(26)).toEqual(['In 2 hours', 'Tomorrow', 'Monday', 'In a week']);
  });
});
