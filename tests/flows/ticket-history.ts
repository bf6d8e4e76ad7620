import type { temporal } from '@temporalio/proto';
import type { OneTicket } from './one-ticket.ts';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** The events of the ticket's newest run, in order. */
export async function historyOf(ticket: OneTicket): Promise<HistoryEvent[]> {
  const { events } = await ticket.handle.fetchHistory();
  return events ?? [];
}

/** How often each kind of event is in a history, by its short name (`MarkerRecorded`). */
export function countKinds(events: readonly HistoryEvent[]): { [kind: string]: number } {
  const counts: { [kind: string]: number } = {};
  for (const event of events) {
    const field = Object.keys(event).find((name) => name.endsWith('EventAttributes')) ?? 'unknown';
    const kind = field.replace('EventAttributes', '');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Every readable text of a history: payloads' data decoded, all other fields as they are. */
export function textsOf(events: readonly HistoryEvent[]): string {
  const seen: string[] = [];
  const walk = (value: unknown): void => {
    if (value instanceof Uint8Array) seen.push(Buffer.from(value).toString('utf8'));
    else if (typeof value === 'string') seen.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(events);
  return seen.join('\n');
}
