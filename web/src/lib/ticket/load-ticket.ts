import type { ApiClient } from '../api/client.ts';
import type { NextItem, Ticket, TimelineEntry } from '../api/types.ts';

/** Pages of 200 that are loaded at most: beyond that the beginning is enough to see. */
const TIMELINE_PAGES_MAX = 10;

export interface LoadedTicket {
  ticket: Ticket;
  entries: TimelineEntry[];
  next: NextItem[];
}

/** Everything that the ticket page shows at first, in one go. It marks nothing as read. */
export async function loadTicket(api: ApiClient, number: number): Promise<LoadedTicket> {
  const [ticket, entries, next] = await Promise.all([
    api.ticket(number),
    wholeTimeline(api, number),
    api.next(number),
  ]);
  return { ticket, entries, next: next.items };
}

async function wholeTimeline(api: ApiClient, number: number): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < TIMELINE_PAGES_MAX; page++) {
    const part: { items: TimelineEntry[]; nextCursor: string | null } = await api.timeline(
      number,
      cursor,
    );
    entries.push(...part.items);
    cursor = part.nextCursor;
    if (!cursor) break;
  }
  return entries;
}
