import { together } from '../../database/client.ts';
import type { CompanyTransaction } from '../../database/client.ts';
import { insertDeskMessage } from '../../database/queries/desk-messages.ts';
import { project } from '../../database/queries/project.ts';
import { appendEvents } from '../../database/queries/ticket-log.ts';
import type { EventBody, TicketEvent } from '../../domain/ticket/events.ts';
import { fold } from '../../domain/ticket/evolve.ts';
import type { Actor, Ticket } from '../../domain/ticket/ticket.ts';

/** Events to be, all of one command at one moment. */
export interface Made {
  bodies: readonly EventBody[];
  by: Actor;
  command: string;
  hash: string;
  at: string;
}

/** Adds events to a log, with the read tables and the desk-written mails that follow from them. */
export async function append(
  trx: CompanyTransaction,
  before: Ticket,
  { bodies, by, command, hash, at }: Made,
): Promise<{ ticket: Ticket; events: TicketEvent[] }> {
  const events = bodies.map((body, index): TicketEvent => ({
    ...body,
    seq: before.seq + index + 1,
    at,
    by,
    command,
  }));
  const after = fold(before, events);
  await together([
    appendEvents(trx, before.number, events, hash),
    project(trx, before, after, events),
  ]);
  for (const event of events) {
    if (event.type === 'queued' && event.upTo !== null) {
      await insertDeskMessage(trx, before.number, event);
    }
  }
  return { ticket: after, events };
}
