/** Reads a date as people type it: "friday 9", "in 20 min", "tomorrow", "27 nov 14:30", ISO. */
import { TZDateMini } from '@date-fns/tz';
import type { Language } from '../i18n/language.ts';
import { toEnglish } from './swedish-when.ts';

/** Whole words only: "month" is no Monday, and "decide" no December. In the order of `Date`. */
const WEEKDAYS = [
  ['sun', 'sunday'],
  ['mon', 'monday'],
  ['tue', 'tues', 'tuesday'],
  ['wed', 'weds', 'wednesday'],
  ['thu', 'thur', 'thurs', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
];
const MONTHS = [
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];

/** Hour of a day that was named without a time: when the desk opens. */
const MORNING_HOUR = 9;

const UNITS: { words: string[]; ms: number }[] = [
  { words: ['s', 'sec', 'secs', 'second', 'seconds'], ms: 1000 },
  { words: ['m', 'min', 'mins', 'minute', 'minutes'], ms: 60_000 },
  { words: ['h', 'hr', 'hrs', 'hour', 'hours'], ms: 3_600_000 },
  { words: ['d', 'day', 'days'], ms: 86_400_000 },
  { words: ['w', 'wk', 'wks', 'week', 'weeks'], ms: 7 * 86_400_000 },
];

interface Hour {
  hours: number;
  minutes: number;
  seconds: number;
}

/**
 * The time that `text` means in a zone (IANA name), in ms; null when it cannot be read. English is
 * understood in every language.
 */
export function readWhen(
  text: string,
  now: number,
  zone: string,
  language: Language = 'en',
): number | null {
  const typed = text.trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');
  const words = language === 'sv' ? toEnglish(typed) : typed;
  if (words === '') return null;
  return readSpan(words, now) ?? readIso(words, zone) ?? readNamed(words, now, zone);
}

function readSpan(words: string, now: number): number | null {
  const span = /^(?:in )?(\d{1,4}|an?|one) ?([a-z]+)$/.exec(words);
  if (span === null) return null;
  const amount = Number(span[1]);
  const unit = UNITS.find((one) => one.words.includes(span[2] ?? ''));
  if (unit === undefined) return null;
  return now + (Number.isNaN(amount) ? 1 : amount) * unit.ms;
}

function readIso(words: string, zone: string): number | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})(?:[t ](.+))?$/.exec(words);
  if (day === null) return null;
  if (day[4]?.endsWith('z')) return numberOrNull(Date.parse(words.toUpperCase()));
  const hour = readHour(day[4] ?? '');
  if (hour === null) return null;
  return dayAt(Number(day[1]), Number(day[2]) - 1, Number(day[3]), hour, zone);
}

function readNamed(words: string, now: number, zone: string): number | null {
  const [first = '', ...others] = words.split(' ');
  const today = new TZDateMini(now, zone);
  const onDay = (days: number, rest: string[]) => {
    const hour = readHour(rest.filter((word) => word !== 'at').join(' '));
    if (hour === null) return null;
    const date = today.getDate() + days;
    return dayAt(today.getFullYear(), today.getMonth(), date, hour, zone);
  };
  if (first === 'next') return readNext(others, now, zone);
  if (first === 'today') return onDay(0, others);
  if (first === 'tomorrow') return onDay(1, others);
  if (first === 'overmorrow') return onDay(2, others);
  const weekday = WEEKDAYS.findIndex((names) => names.includes(first));
  if (weekday >= 0) return onDay((weekday - today.getDay() + 7) % 7 || 7, others);
  if (/^\d{1,2}:\d{2}(:\d{2})?$/.test(words)) {
    const at = onDay(0, [first]);
    return at !== null && at <= now ? onDay(1, [first]) : at;
  }
  return readDate(first, others, today, zone);
}

/** "next friday", "next week" and "next month"; a "next" before anything else says nothing. */
function readNext(others: string[], now: number, zone: string): number | null {
  const [unit = '', ...rest] = others;
  if (WEEKDAYS.some((names) => names.includes(unit))) return readNamed(others.join(' '), now, zone);
  const hour = readHour(rest.filter((word) => word !== 'at').join(' '));
  if (hour === null) return null;
  const today = new TZDateMini(now, zone);
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (unit === 'week') return dayAt(year, month, date + 7, hour, zone);
  if (unit !== 'month') return null;
  // Day 0 is the last of the month before: 31 January becomes the last of February.
  const lastDate = new Date(year, month + 2, 0).getDate();
  return dayAt(year, month + 1, Math.min(date, lastDate), hour, zone);
}

function readDate(first: string, others: string[], today: Date, zone: string): number | null {
  const date = Number(/^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(first)?.[1] ?? 0);
  const month = MONTHS.findIndex((names) => names.includes(others[0] ?? ''));
  if (date < 1 || date > 31 || month < 0) return null;
  const named = /^\d{4}$/.test(others[1] ?? '') ? Number(others[1]) : null;
  const rest = others.slice(named === null ? 1 : 2).filter((word) => word !== 'at');
  const hour = readHour(rest.join(' '));
  if (hour === null) return null;
  const at = dayAt(named ?? today.getFullYear(), month, date, hour, zone);
  if (named !== null || at > today.getTime()) return at;
  return dayAt(today.getFullYear() + 1, month, date, hour, zone);
}

function readHour(text: string): Hour | null {
  if (text === '') return { hours: MORNING_HOUR, minutes: 0, seconds: 0 };
  const parts = /^(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))? ?(am|pm)?$/.exec(text);
  if (parts === null) return null;
  const half = parts[4];
  const typed = Number(parts[1]);
  const hours = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0);
  const minutes = Number(parts[2] ?? 0);
  const seconds = Number(parts[3] ?? 0);
  return hours > 23 || minutes > 59 || seconds > 59 ? null : { hours, minutes, seconds };
}

function dayAt(year: number, month: number, date: number, hour: Hour, zone: string): number {
  const { hours, minutes, seconds } = hour;
  return new TZDateMini(year, month, date, hours, minutes, seconds, zone).getTime();
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
