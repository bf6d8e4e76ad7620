import type { CompanyTransaction } from '../../database/client.ts';
import { readShownNotes } from '../../database/queries/notes.ts';
import { readComments } from '../../database/queries/ratings.ts';
import { readNames, readTimelineMessages } from '../../database/queries/timeline-content.ts';
import type { TimelineRow } from '../../database/queries/timeline.ts';
import type { TimelineEntry } from '../schemas/timeline.ts';
import { describeEvent, nameless } from './event-entry.ts';
import type { Names } from './event-entry.ts';
import { describeMessage } from './message-entry.ts';

/** Log entries with their content and names: the words of contract.md. */
export async function describeTimeline(
  trx: CompanyTransaction,
  rows: readonly TimelineRow[],
): Promise<TimelineEntry[]> {
  const messages = await readTimelineMessages(trx, rows.flatMap(messageOf));
  const wanted = rows.flatMap((row) => nameless(row));
  const idsOf = (kind: Exclude<keyof Names, 'notes' | 'comments'>) =>
    wanted.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const names: Names = {
    agent: await readNames(trx, 'agent', idsOf('agent')),
    team: await readNames(trx, 'team', idsOf('team')),
    label: await readNames(trx, 'label', idsOf('label')),
    notes: await readShownNotes(trx, rows.flatMap(noteOf)),
    comments: await readComments(trx, rows.flatMap(ratingOf)),
    ticket_text: await readNames(trx, 'ticket_text', idsOf('ticket_text')),
  };
  return rows.map((row) => {
    const message = messages.get(messageOf(row)[0] ?? '');
    return message ? describeMessage(row, message, names) : describeEvent(row, names);
  });
}

/** The mail that an entry shows; a mail that goes again stands where it first left. */
function messageOf({ data, resent }: TimelineRow): string[] {
  if (data.type === 'received' || data.type === 'exchanged') return [data.message];
  return data.type === 'queued' && !resent ? [data.message] : [];
}

function noteOf({ data }: TimelineRow): string[] {
  return data.type === 'noted' ? [data.note] : [];
}

function ratingOf({ data }: TimelineRow): string[] {
  return data.type === 'rated' ? [data.rating] : [];
}
