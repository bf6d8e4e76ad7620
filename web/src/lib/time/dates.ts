import { TZDateMini } from '@date-fns/tz';
import type { Words } from '../i18n/en/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const KILO = 1024;

/** Times in the agent's zone and language. Moments are ms since 1970, or ISO 8601. */
export class Dates {
  /** IANA name. */
  readonly zone: string;
  readonly #words: Words['time'];
  readonly #clock: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #longWeekday: Intl.DateTimeFormat;
  readonly #dayMonth: Intl.DateTimeFormat;
  readonly #monthYear: Intl.DateTimeFormat;
  readonly #longMonth: Intl.DateTimeFormat;
  readonly #exactly: Intl.DateTimeFormat;
  readonly #wholeDay: Intl.DateTimeFormat;
  readonly #tenths: Intl.NumberFormat;

  /** `zone`: null for the browser's. */
  constructor(locale: string, zone: string | null, words: Words['time']) {
    this.zone = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.#words = words;
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: this.zone });
    this.#clock = format({ hour: '2-digit', minute: '2-digit' });
    this.#weekday = format({ weekday: 'short' });
    this.#longWeekday = format({ weekday: 'long' });
    this.#dayMonth = format({ day: 'numeric', month: 'short' });
    this.#monthYear = format({ month: 'short', year: 'numeric' });
    this.#longMonth = format({ month: 'long', year: 'numeric' });
    this.#exactly = format({ dateStyle: 'full', timeStyle: 'medium' });
    this.#wholeDay = format({ weekday: 'long', day: 'numeric', month: 'long' });
    this.#tenths = new Intl.NumberFormat(locale, {
      maximumFractionDigits: 1,
    });
  }

  /** "16:52" */
  clockTime(at: string | number): string {
    return this.#clock.format(new Date(at));
  }

  /** "Thursday 19 November 2026 at 16:20:04": for titles. */
  exactTime(at: string | number): string {
    return this.#exactly.format(new Date(at));
  }

  /** Whole calendar days from `now` to `at`: 0 today, -1 yesterday, 1 tomorrow. */
  daysBetween(now: number, at: number): number {
    return Math.round((this.startOfDay(at) - this.startOfDay(now)) / DAY_MS);
  }

  /** For lists: "10:31", "Yesterday", "Fri", "20 Nov", "Nov 2025". */
  shortTime(at: string, now: number): string {
    const then = Date.parse(at);
    const days = this.daysBetween(now, then);
    if (days === 0) return this.clockTime(at);
    if (days === -1) return this.#words.yesterday;
    if (days < 0 && days > -7) return this.#weekday.format(then);
    const old = now - then > 300 * DAY_MS;
    return old ? this.#monthYear.format(then) : this.#dayMonth.format(then);
  }

  /** For events and mails: "16:52" today, "Mon 09:00" in the last week, else "20 Nov 09:00". */
  entryTime(at: string, now: number): string {
    const then = Date.parse(at);
    const days = this.daysBetween(now, then);
    if (days === 0) return this.clockTime(at);
    const day = (days < 0 && days > -7 ? this.#weekday : this.#dayMonth).format(then);
    return `${day} ${this.clockTime(at)}`;
  }

  /** For promises: "today, 13:00", "Fri 27 Nov, 09:00"; with its year when it is another. */
  planned(at: string | number, now: number): string {
    const then = new Date(at).getTime();
    const days = this.daysBetween(now, then);
    const clock = this.clockTime(then);
    if (days === 0) return this.#words.todayAt(clock);
    if (days === 1) return this.#words.tomorrowAt(clock);
    const year = this.#inZone(then).getFullYear();
    const named = days < 0 || year !== this.#inZone(now).getFullYear() ? ` ${year}` : '';
    return `${this.#weekday.format(then)} ${this.#dayMonth.format(then)}${named}, ${clock}`;
  }

  /** The day in a sentence: "13:00", "tomorrow", "Friday", "1 Dec". */
  plannedDay(at: number, now: number): string {
    const days = this.daysBetween(now, at);
    if (days === 0) return this.clockTime(at);
    if (days === 1) return this.#words.tomorrow;
    return (days > 1 && days < 7 ? this.#longWeekday : this.#dayMonth).format(at);
  }

  /** "27 Nov" */
  shortDay(at: number): string {
    return this.#dayMonth.format(at);
  }

  /** "March 2024" in short: "Mar 2024". */
  month(at: string): string {
    return this.#monthYear.format(Date.parse(at));
  }

  /** "March 2024" */
  wholeMonth(at: string): string {
    return this.#longMonth.format(Date.parse(at));
  }

  /** Dividers of the conversation: "Today", "Yesterday", "Thursday 19 November". */
  dayName(at: string, now: number): string {
    const then = Date.parse(at);
    const days = this.daysBetween(now, then);
    if (days === 0) return this.#words.today;
    if (days === -1) return this.#words.yesterday;
    return this.#wholeDay.format(then).replace(',', '');
  }

  /** How long: "24 min", "2 h 12 min", "1 d 2 h"; under a minute "1 min". */
  duration(ms: number): string {
    const words = this.#words;
    const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
    if (minutes < 60) return words.minutes(minutes);
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return joined(words.hours(hours), minutes % 60, words.minutes);
    const days = Math.floor(hours / 24);
    return joined(words.days(days), days > 6 ? 0 : hours % 24, words.hours);
  }

  /** How long ago, in words: "just now", "12 minutes ago", "5 days ago". */
  ago(at: string, now: number): string {
    const ms = now - Date.parse(at);
    if (ms < MINUTE_MS) return this.#words.justNow;
    if (ms < HOUR_MS) return this.#words.minutesAgo(Math.floor(ms / MINUTE_MS));
    if (ms < DAY_MS) return this.#words.hoursAgo(Math.floor(ms / HOUR_MS));
    if (ms < 60 * DAY_MS) return this.#words.daysAgo(Math.floor(ms / DAY_MS));
    return this.#words.monthsAgo(Math.floor(ms / (30.4 * DAY_MS)));
  }

  /** "640 kB", "1.8 MB", "10 MB": of 1024, as the limits of the desk are counted. */
  fileSize(bytes: number): string {
    if (bytes < KILO) return `${bytes} B`;
    if (bytes < (KILO - 0.5) * KILO) return `${Math.round(bytes / KILO)} kB`;
    return `${this.#tenths.format(bytes / KILO ** 2)} MB`;
  }

  /** "2026-11-27T14:30": how the browser's picker of dates writes a time. */
  pickerText(at: number): string {
    const local = this.#inZone(at);
    const offsetMs = local.getTimezoneOffset() * MINUTE_MS;
    return new Date(at - offsetMs).toISOString().slice(0, 16);
  }

  /** Midnight in the agent's zone, as a timestamp in ms. */
  startOfDay(at: number): number {
    return this.#inZone(at).setHours(0, 0, 0, 0);
  }

  #inZone(at: number): Date {
    return new TZDateMini(at, this.zone);
  }
}

function joined(first: string, rest: number, unit: (n: number) => string): string {
  return rest === 0 ? first : `${first} ${unit(rest)}`;
}
