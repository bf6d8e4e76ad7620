import { TZDateMini } from '@date-fns/tz';
import type { Speech } from '../i18n/speech.ts';

const DAY_MS = 86_400_000;
/** As far back as a day without its year can be meant. */
const DAYS_BACK_MAX = 366;

/** Midnight in the agent's zone at the beginning of a day such as `2026-11-20`, as ISO 8601. */
export function beginningOf(day: string, zone: string): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  const at = new TZDateMini(Number(year), Number(month) - 1, Number(date), zone).getTime();
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Midnight some days ago: 0 is today's. */
export function daysAgo(days: number, now: number, say: Speech): string {
  return new Date(say.dates.startOfDay(now - days * DAY_MS)).toISOString();
}

/** A day as people type it: `2026-11-20`, "20 Nov", "yesterday"; its beginning, or null. */
export function readDay(typed: string, now: number, say: Speech): string | null {
  const words = plain(typed);
  const exact = beginningOf(words, say.dates.zone);
  if (exact !== null) return exact;
  if (words === plain(say.t.time.today)) return daysAgo(0, now, say);
  if (words === plain(say.t.time.yesterday)) return daysAgo(1, now, say);
  if (!/^\d{1,2} \p{L}{3,}$/u.test(words)) return null;
  for (let days = 0; days < DAYS_BACK_MAX; days++) {
    const at = daysAgo(days, now, say);
    if (plain(say.dates.shortDay(Date.parse(at))) === words) return at;
  }
  return null;
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('.', '');
}
