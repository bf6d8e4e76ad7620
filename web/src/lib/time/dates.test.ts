import { describe, expect, it } from 'vitest';
import { time } from '../i18n/en/time.ts';
import { time as swedishTime } from '../i18n/sv/time.ts';
import { Dates } from './dates.ts';

const dates = new Dates('en-GB', null, time);
const swedish = new Dates('sv-SE', 'Europe/Stockholm', swedishTime);
const now = new Date(2026, 10, 24, 11, 14).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe('times in words', () => {
  it('shortens a past time by how far away it is', () => {
    expect(dates.shortTime(at(2026, 10, 24, 10, 31), now)).toBe('10:31');
    expect(dates.shortTime(at(2026, 10, 23, 23, 59), now)).toBe('Yesterday');
    expect(dates.shortTime(at(2026, 10, 20, 9, 0), now)).toBe('Fri');
    expect(dates.shortTime(at(2026, 9, 20, 9, 0), now)).toBe('20 Oct');
    expect(dates.shortTime(at(2025, 10, 20, 9, 0), now)).toBe('Nov 2025');
  });

  it('names the year of a planned day that is over or in another year', () => {
    expect(dates.planned(at(2026, 10, 3, 9, 0), now)).toBe('Tue 3 Nov 2026, 09:00');
    expect(dates.planned(at(2027, 0, 5, 9, 0), now)).toBe('Tue 5 Jan 2027, 09:00');
  });

  it('names the day and hour of a promise', () => {
    expect(dates.planned(at(2026, 10, 24, 13, 0), now)).toBe('today, 13:00');
    expect(dates.planned(at(2026, 10, 25, 9, 0), now)).toBe('tomorrow, 09:00');
    expect(dates.planned(at(2026, 10, 27, 9, 0), now)).toBe('Fri 27 Nov, 09:00');
  });

  it('counts waiting in minutes, hours and days', () => {
    expect(dates.duration(20_000)).toBe('1 min');
    expect(dates.duration(132 * 60_000)).toBe('2 h 12 min');
    expect(dates.duration(26 * 3_600_000)).toBe('1 d 2 h');
    expect(dates.duration(190 * 3_600_000)).toBe('7 d');
  });

  it('says how long ago something was', () => {
    expect(dates.ago(at(2026, 10, 24, 11, 13), now)).toBe('1 minute ago');
    expect(dates.ago(at(2026, 10, 19, 11, 0), now)).toBe('5 days ago');
  });

  it('writes file sizes as people read them', () => {
    const sizes = (all: Dates) =>
      [1023, 655_360, 1_048_575, 1_887_437, 10_485_760].map((bytes) => all.fileSize(bytes));
    expect(sizes(dates)).toEqual(['1023 B', '640 kB', '1 MB', '1.8 MB', '10 MB']);
    expect(sizes(swedish)).toEqual(['1023 B', '640 kB', '1 MB', '1,8 MB', '10 MB']);
  });
});

describe('times in another zone and language', () => {
  const lateInLondon = '2026-11-24T23:30:00Z';
  const swedishNow = Date.parse('2026-11-25T08:00:00Z');

  it('take the day of the zone, not of the browser', () => {
    expect(swedish.clockTime(lateInLondon)).toBe('00:30');
    expect(swedish.daysBetween(swedishNow, Date.parse(lateInLondon))).toBe(0);
    expect(swedish.startOfDay(swedishNow)).toBe(Date.parse('2026-11-24T23:00:00Z'));
  });

  it('count calendar days over the change of the clocks', () => {
    const before = Date.parse('2026-10-24T12:00:00Z');
    expect(swedish.daysBetween(before, Date.parse('2026-10-26T12:00:00Z'))).toBe(2);
  });

  it('are written for the picker of dates in the zone too', () => {
    expect(swedish.pickerText(Date.parse('2026-11-24T23:30:00Z'))).toBe('2026-11-25T00:30');
    expect(swedish.pickerText(Date.parse('2026-07-01T06:00:00Z'))).toBe('2026-07-01T08:00');
  });

  it('are said in Swedish', () => {
    expect(swedish.planned('2026-11-26T08:00:00Z', swedishNow)).toBe('i morgon, 09:00');
    expect(swedish.ago('2026-11-25T07:00:00Z', swedishNow)).toBe('för 1 timme sedan');
    expect(swedish.dayName('2026-11-19T08:00:00Z', swedishNow)).toBe('torsdag 19 november');
  });
});
