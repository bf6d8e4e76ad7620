import type { Dates } from '../time/dates.ts';

/** The periods that are one press away, in days up to today. */
export const PERIOD_DAYS = [7, 30, 90] as const;
export type PeriodDays = (typeof PERIOD_DAYS)[number];

const DAY_MS = 86_400_000;

/** Whole days in the agent's zone; it lies in the address of the page. */
export interface ReportPeriod {
  /** Null for days that were chosen. */
  days: PeriodDays | null;
  /** The first and the last day, as 2026-11-30. */
  firstDay: string;
  lastDay: string;
  /** ISO 8601: where the first day begins, and where the last one ends. */
  from: string;
  to: string;
}

type Asked = Pick<URLSearchParams, 'get'>;

/** `?days=7`, or `?from=2026-11-01&to=2026-11-30`; what makes no sense is the last 30 days. */
export function readPeriod(asked: Asked, now: number, dates: Dates): ReportPeriod {
  const first = dayOf(asked.get('from'), dates);
  const last = dayOf(asked.get('to'), dates);
  if (first !== null && last !== null && first <= last) return periodOf(first, last, null, dates);
  const days = PERIOD_DAYS.find((known) => String(known) === asked.get('days')) ?? 30;
  const today = dates.startOfDay(now);
  const begin = dates.startOfDay(today - (days - 1) * DAY_MS + DAY_MS / 2);
  return periodOf(begin, today, days, dates);
}

function periodOf(
  first: number,
  last: number,
  days: PeriodDays | null,
  dates: Dates,
): ReportPeriod {
  // A day is 23 to 25 hours long: a day and a half later is the next one.
  const end = dates.startOfDay(last + 1.5 * DAY_MS);
  return {
    days,
    firstDay: dates.pickerText(first).slice(0, 10),
    lastDay: dates.pickerText(last).slice(0, 10),
    from: new Date(first).toISOString(),
    to: new Date(end).toISOString(),
  };
}

/** Where a day begins in the agent's zone; null when it is no day. */
function dayOf(text: string | null, dates: Dates): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const noon = Date.parse(`${text}T12:00:00Z`);
  if (Number.isNaN(noon)) return null;
  // No zone is further from Greenwich than the next day's noon.
  const near = [-DAY_MS, 0, DAY_MS].map((aside) => dates.startOfDay(noon + aside));
  return near.find((at) => dates.pickerText(at).slice(0, 10) === text) ?? null;
}
