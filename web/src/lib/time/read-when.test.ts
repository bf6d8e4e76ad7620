import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWhen } from './read-when.ts';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
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
  ['next month', new Date(2026, 11, 24, 9, 0)],
  ['next month at 14:00', new Date(2026, 11, 24, 14, 0)],
  ['next week', new Date(2026, 11, 1, 9, 0)],
  ['5 march', new Date(2027, 2, 5, 9, 0)],
  ['3 may 10', new Date(2027, 4, 3, 10, 0)],
  ['1st december', new Date(2026, 11, 1, 9, 0)],
  ['soon', null],
  ['next 3 jan', null],
  ['next', null],
  ['15:30 whenever', null],
  ['friday 99', null],
  ['', null],
];

const inSwedish: [string, Date | null][] = [
  ['fredag 9', new Date(2026, 10, 27, 9, 0)],
  ['på fredag kl 9', new Date(2026, 10, 27, 9, 0)],
  ['i morgon', new Date(2026, 10, 25, 9, 0)],
  ['imorgon 14.30', new Date(2026, 10, 25, 14, 30)],
  ['i övermorgon', new Date(2026, 10, 26, 9, 0)],
  ['om 2 timmar', new Date(2026, 10, 24, 13, 14)],
  ['Om en vecka', new Date(2026, 11, 1, 11, 14)],
  ['27 nov 14:30', new Date(2026, 10, 27, 14, 30)],
  ['den 1 maj kl. 10', new Date(2027, 4, 1, 10, 0)],
  ['27/11 kl 8', new Date(2026, 10, 27, 8, 0)],
  ['nästa vecka', new Date(2026, 11, 1, 9, 0)],
  ['nästa måndag', new Date(2026, 10, 30, 9, 0)],
  ['nästa månad', new Date(2026, 11, 24, 9, 0)],
  ['snart', null],
  ['27/13', null],
  ['fredag i', null],
  ['på', null],
];

describe('a date as people type it in Swedish', () => {
  it.each(inSwedish)('reads %j', (text, expected) => {
    expect(readWhen(text, now, HERE, 'sv')).toBe(expected === null ? null : expected.getTime());
  });

  it.each(cases)('reads %j as in English', (text, expected) => {
    expect(readWhen(text, now, HERE, 'sv')).toBe(expected === null ? null : expected.getTime());
  });
});

describe('a date as people type it', () => {
  it.each(cases)('reads %j', (text, expected) => {
    expect(readWhen(text, now, HERE)).toBe(expected === null ? null : expected.getTime());
  });

  it('ends next month on its last day when it is the shorter one', () => {
    const endOfJanuary = new Date(2027, 0, 31, 11, 0).getTime();
    expect(readWhen('next month', endOfJanuary, HERE)).toBe(new Date(2027, 1, 28, 9, 0).getTime());
  });

  const unknown = fc.constantFrom(
    ...['month', 'monster', 'sunny', 'friends', 'satisfied', 'wedding', 'thunder', 'tuesdays'],
    ...['market', 'marches', 'decide', 'maybe', 'augment', 'octopus', 'junk', 'janitor', 'novel'],
    ...['soon', 'hat', 'dog', 'sheep', 'water', 'minus', 'years', 'todays', 'after'],
    ...['månader', 'fredlig', 'månen', 'timvis', 'snart', 'majestät', 'marsch', 'veckans', 'omaka'],
  );
  const known = fc.constantFrom(
    ...['', 'in 2', '3', '27', 'friday', 'today', 'tomorrow', '14:30', '27 nov', 'at 9', '2026'],
    ...['2026-12-01', 'next friday', 'in a', '9', '4pm', 'monday 9'],
    ...['om 2', 'på', 'den 3', 'i', 'i morgon', 'nästa fredag', 'kl 9', 'om en', 'idag'],
  );

  it('never reads a date out of a text with a word it does not know', () => {
    fc.assert(
      fc.property(known, unknown, known, (before, word, after) => {
        const text = `${before} ${word} ${after}`;
        expect(readWhen(text, now, HERE)).toBeNull();
        expect(readWhen(text, now, HERE, 'sv')).toBeNull();
      }),
    );
  });
});
