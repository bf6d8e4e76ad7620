import { describe, expect, it } from 'vitest';
import { readWhen } from './read-when.ts';

const now = new Date(2026, 10, 24, 11, 14).getTime(); // a Tuesday

const cases: [string, Date | null][] = [
  ['in 2 hours', new Date(2026, 10, 24, 13, 14)],
  ['in 5 s', new Date(2026, 10, 24, 11, 14, 5)],
  ['20 min', new Date(2026, 10, 24, 11, 34)],
  ['in a week', new Date(2026, 11, 1, 11, 14)],
  ['tomorrow', new Date(2026, 10, 25, 9, 0)],
  ['friday 9', new Date(2026, 10, 27, 9, 0)],
  ['tue', new Date(2026, 11, 1, 9, 0)],
  ['next monday at 14:30', new Date(2026, 10, 30, 14, 30)],
  ['27 nov, 14:30', new Date(2026, 10, 27, 14, 30)],
  ['3 jan', new Date(2027, 0, 3, 9, 0)],
  ['15:30', new Date(2026, 10, 24, 15, 30)],
  ['9:00', new Date(2026, 10, 25, 9, 0)],
  ['2026-12-01 08:15', new Date(2026, 11, 1, 8, 15)],
  ['2026-12-01T08:15', new Date(2026, 11, 1, 8, 15)],
  ['friday 4pm', new Date(2026, 10, 27, 16, 0)],
  ['soon', null],
  ['friday 99', null],
  ['', null],
];

describe('a date as people type it', () => {
  it.each(cases)('reads %j', (text, expected) => {
    expect(readWhen(text, now)).toBe(expected === null ? null : expected.getTime());
  });
});
