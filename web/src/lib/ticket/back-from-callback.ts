import type { TimelineEntry } from '../api/types.ts';
import { EntryFacts } from './entry-facts.ts';

/** When the callback brought the ticket back; null once somebody has done something about it. */
export function backSince(entries: readonly TimelineEntry[]): string | null {
  let since: string | null = null;
  for (const entry of entries) {
    if (entry.kind === 'message' && entry.messageKind === 'reply') since = null;
    if (entry.kind !== 'event') continue;
    if (entry.type === 'pended' || entry.type === 'solved') since = null;
    const cameBack = entry.type === 'resumed' && new EntryFacts(entry).text('why') === 'callback';
    if (cameBack) since = entry.at;
  }
  return since;
}
