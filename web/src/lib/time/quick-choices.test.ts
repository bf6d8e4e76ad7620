import { describe, expect, it } from 'vitest';
import { english, swedish } from '../../../tests/speech.ts';
import { quickChoices } from './quick-choices.ts';

/** On a day of November 2026, in the evening. */
const offeredOn = (date: number, say = english) =>
  quickChoices(new Date(2026, 10, date, 23, 0).getTime(), say).map((choice) => choice.text);

describe('the dates that are offered', () => {
  it('are all five in the middle of a week', () => {
    const all = ['In 2 hours', 'Tomorrow', 'Friday', 'Monday', 'In a week'];
    expect(offeredOn(24)).toEqual(all);
    const swedishAll = ['Om 2 timmar', 'I morgon', 'Fredag', 'Måndag', 'Om en vecka'];
    expect(offeredOn(24, swedish)).toEqual(swedishAll);
  });

  it('name no day twice', () => {
    expect(offeredOn(23)).toEqual(['In 2 hours', 'Tomorrow', 'Friday', 'Monday']);
    expect(offeredOn(26)).toEqual(['In 2 hours', 'Tomorrow', 'Monday', 'In a week']);
  });
});
