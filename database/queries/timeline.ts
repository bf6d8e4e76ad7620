import type { EventBody } from '../../domain/ticket/events.ts';
import type { Actor } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';

/** One entry of the log as the timeline shows it; the content lies in `timeline-content.ts`. */
export interface TimelineRow {
  seq: number;
  at: string;
  actor: Actor;
  /** A mail that goes again is a line of history: the mail itself stands where it first left. */
  resent: boolean;
  data: EventBody;
}

/**
 * Not shown: the steps of sending, which the mail itself shows by its state; reminders, which have
 * a place of their own; mails that were taken back in their undo seconds.
 */
const shown = `
  e.type not in ('sendStarted', 'reminded')
  and coalesce(e.data->>'kind', '') <> 'reminder'
  and not (e.type = 'delivery' and e.data->>'outcome' in ('sent', 'deferred', 'arrived'))
  and not (e.type = 'queued' and d.state = 'cancelled')
  and not (e.type = 'sendCancelled' and m.send_at is null)`;

/** A ticket's timeline, oldest first. */
export async function readTimeline(
  trx: CompanyTransaction,
  ticket: number,
  { limit, cursor }: PageRequest,
): Promise<Page<TimelineRow>> {
  const after = cursor === null ? 0 : readCursor(cursor, 'timeline').number();
  const rows = await select<TimelineRow>(
    trx,
    `select e.seq, e.at, e.actor, e.data,
       coalesce(e.type = 'queued' and n.type = 'sendStarted'
         and (n.data->>'attempt')::int > 1, false) as resent
     from ticket_event e
     left join ticket_event n on e.type = 'queued' and n.company = e.company
       and n.ticket = e.ticket and n.seq = e.seq + 1
     left join message_delivery d on e.type = 'queued'
       and d.company = e.company and d.message = e.data->>'message'
     left join message m on e.type = 'sendCancelled'
       and m.company = e.company and m.id = e.data->>'message'
     where e.ticket = ? and e.seq > ? and ${shown}
     order by e.seq limit ?`,
    [ticket, after, limit + 1],
  );
  return pageOf(rows, limit, 'timeline', (row) => [row.seq]);
}

/** The newest event of a ticket, shown or not. */
export async function readNewestSeq(trx: CompanyTransaction, ticket: number): Promise<number> {
  const rows = await select<{ seq: number }>(trx, 'select seq from ticket where number = ?', [
    ticket,
  ]);
  return rows[0]?.seq ?? 0;
}
