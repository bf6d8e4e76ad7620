import { describe, expect, it } from 'vitest';
import { ago, duration, fileSize, planned, shortTime } from './format.ts';

const now = new Date(2026, 10, 24, 11, 14).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe('times in words', () => {
  it('shortens a past time by how far away it is', () => {
    expect(shortTime(at(2026, 10, 24, 10, 31), now)).toBe('10:31');
    expect(shortTime(at(2026, 10, 23, 23, 59), now)).toBe('Yesterday');
    expect(shortTime(at(2026, 10, 20, 9, 0), now)).toBe('Fri');
    expect(shortTime(at(2026, 9, 20, 9, 0), now)).toBe('20 Oct');
    expect(shortTime(at(2025, 10, 20, 9, 0), now)).toBe('Nov 2025');
  });

  it('names the year of a planned day that is over or in another year', () => {
    expect(planned(at(2026, 10, 3, 9, 0), now)).toBe('Tue 3 Nov 2026, 09:00');
    expect(planned(at(2027, 0, 5, 9, 0), now)).toBe('Tue 5 Jan 2027, 09:00');
  });

  it('names the day and hour of a promise', () => {
    expect(planned(at(2026, 10, 24, 13, 0), now)).toBe('today, 13:00');
    expect(planned(at(2026, 10, 25, 9, 0), now)).toBe('tomorrow, 09:00');
    expect(planned(at(2026, 10, 27, 9, 0), now)).toBe('Fri 27 Nov, 09:00');
  });

  it('counts waiting in minutes, hours and days', () => {
    expect(duration(20_000)).toBe('1 min');
    expect(duration(132 * 60_000)).toBe('2 h 12 min');
    expect(duration(26 * 3_600_000)).toBe('1 d 2 h');
  });

  it('says how long ago something was', () => {
    expect(ago(at(2026, 10, 24, 11, 13), now)).toBe('1 minute ago');
    expect(ago(at(2026, 10, 19, 11, 0), now)).toBe('5 days ago');
  });

  it('writes file sizes as people read them', () => {
    expect([fileSize(640_000), fileSize(1_800_000)]).toEqual(['640 kB', '1.8 MB']);
  });
});
