import { describe, expect, it } from 'vitest';
import { words } from '../i18n/en/index.ts';
import { Dates } from '../time/dates.ts';
import { readPeriod } from './report-period.ts';

const NOW = Date.parse('2026-11-30T23:30:00Z');
const read = (query: string, zone = 'Europe/Stockholm') =>
  readPeriod(new URLSearchParams(query), NOW, new Dates('en-GB', zone, words.time));

describe('the period of a report', () => {
  it('is whole days of the agent’s zone up to today', () => {
    // It is 00:30 on the first of December in Stockholm already.
    expect(read('days=7')).toEqual({
      days: 7,
      firstDay: '2026-11-25',
      lastDay: '2026-12-01',
      from: '2026-11-24T23:00:00.000Z',
      to: '2026-12-01T23:00:00.000Z',
    });
  });

  it('is days that were chosen, also where the clock changes', () => {
    expect(read('from=2026-03-29&to=2026-03-29')).toMatchObject({
      days: null,
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
    expect(read('from=2026-01-01&to=2026-01-31', 'Pacific/Kiritimati')).toMatchObject({
      from: '2025-12-31T10:00:00.000Z',
      to: '2026-01-31T10:00:00.000Z',
    });
  });

  it.each([
    '',
    'days=8',
    'from=2026-02-31&to=2026-03-02',
    'from=2026-02-03&to=2026-02-01',
    'from=x',
  ])('is the last 30 days for %j', (query) => {
    expect(read(query, 'UTC')).toMatchObject({ days: 30, firstDay: '2026-11-01' });
  });
});
