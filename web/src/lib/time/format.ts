/** Times in words, in the agent's own zone. Weekday and month names are the console's language. */

const LANGUAGE = 'en-GB';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'short' });
const longWeekday = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long' });
const dayMonth = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short' });
const monthYear = new Intl.DateTimeFormat(LANGUAGE, { month: 'short', year: 'numeric' });
const exactly = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'full', timeStyle: 'medium' });
const wholeDay = new Intl.DateTimeFormat(LANGUAGE, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

/** "16:52" */
export function clockTime(at: string | number): string {
  return clock.format(new Date(at));
}

/** "Thursday 19 November 2026 at 16:20:04": for titles. */
export function exactTime(at: string | number): string {
  return exactly.format(new Date(at));
}

/** Whole calendar days from `now` to `at`: 0 today, -1 yesterday, 1 tomorrow. */
export function daysBetween(now: number, at: number): number {
  return Math.round((startOfDay(at) - startOfDay(now)) / DAY_MS);
}

/** For lists: "10:31", "Yesterday", "Fri", "20 Nov", "Nov 2025". */
export function shortTime(at: string, now: number): string {
  const then = Date.parse(at);
  const days = daysBetween(now, then);
  if (days === 0) return clockTime(at);
  if (days === -1) return 'Yesterday';
  if (days < 0 && days > -7) return weekday.format(then);
  return now - then > 300 * DAY_MS ? monthYear.format(then) : dayMonth.format(then);
}

/** For events and mails: "16:52" today, "Mon 09:00" in the last week, else "20 Nov 09:00". */
export function entryTime(at: string, now: number): string {
  const then = Date.parse(at);
  const days = daysBetween(now, then);
  if (days === 0) return clockTime(at);
  const day = days < 0 && days > -7 ? weekday.format(then) : dayMonth.format(then);
  return `${day} ${clockTime(at)}`;
}

/** For promises: "today, 13:00", "Fri 27 Nov, 09:00"; over or in another year "27 Nov 2025, …". */
export function planned(at: string | number, now: number): string {
  const then = new Date(at).getTime();
  const days = daysBetween(now, then);
  if (days === 0) return `today, ${clockTime(then)}`;
  if (days === 1) return `tomorrow, ${clockTime(then)}`;
  const year = new Date(then).getFullYear();
  const named = days < 0 || year !== new Date(now).getFullYear() ? ` ${year}` : '';
  return `${weekday.format(then)} ${dayMonth.format(then)}${named}, ${clockTime(then)}`;
}

/** The day in a sentence: "today 13:00", "tomorrow", "Friday", "1 Dec". */
export function plannedDay(at: number, now: number): string {
  const days = daysBetween(now, at);
  if (days === 0) return clockTime(at);
  if (days === 1) return 'tomorrow';
  return days > 1 && days < 7 ? longWeekday.format(at) : dayMonth.format(at);
}

/** "27 Nov" */
export function shortDay(at: number): string {
  return dayMonth.format(at);
}

/** Dividers of the conversation: "Today", "Yesterday", "Thursday 19 November". */
export function dayName(at: string, now: number): string {
  const then = Date.parse(at);
  const days = daysBetween(now, then);
  if (days === 0) return 'Today';
  if (days === -1) return 'Yesterday';
  return wholeDay.format(then).replace(',', '');
}

/** How long: "24 min", "2 h 12 min", "1 d 2 h"; under a minute "1 min". */
export function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 || days > 6 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** How long ago, in words: "just now", "12 minutes ago", "5 days ago". */
export function ago(at: string, now: number): string {
  const ms = now - Date.parse(at);
  if (ms < MINUTE_MS) return 'just now';
  if (ms < HOUR_MS) return count(Math.floor(ms / MINUTE_MS), 'minute');
  if (ms < DAY_MS) return count(Math.floor(ms / HOUR_MS), 'hour');
  if (ms < 60 * DAY_MS) return count(Math.floor(ms / DAY_MS), 'day');
  return count(Math.floor(ms / (30.4 * DAY_MS)), 'month');
}

/** "640 kB", "1.8 MB" */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Midnight in the agent's zone, as a timestamp in ms. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'} ago`;
}
