import type { TimelineEntry } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';

/** "Eleanor Hughes wrote 1 minute ago." for the newest mail or note after `seen`. */
export function newsWords(
  entries: TimelineEntry[],
  seen: string | null,
  now: number,
  say: Speech,
): string {
  const from = entries.findIndex((entry) => entry.id === seen) + 1;
  const newest = entries.slice(from).findLast((entry) => entry.kind !== 'event');
  if (newest === undefined) return say.t.editor.someHappened;
  const customer = newest.kind === 'message' && newest.direction === 'in';
  const name = customer ? newest.from.name || newest.from.email : newest.by.name;
  return say.t.editor.wrote(name ?? say.t.editor.aColleague, say.dates.ago(newest.at, now));
}
