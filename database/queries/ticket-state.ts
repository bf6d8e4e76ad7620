import { fold } from '../../domain/ticket/evolve.ts';
import { emptyTicket, TICKET_VERSION } from '../../domain/ticket/ticket.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { readEvents } from './ticket-log.ts';

/** A ticket's state as of now, without a lock; null when this company has no such ticket. */
export async function readTicketState(
  trx: CompanyTransaction,
  number: number,
): Promise<Ticket | null> {
  const rows = await select<{ folded: Ticket; version: number; customer: string | null }>(
    trx,
    'select folded, state_version as version, customer from ticket where number = ?',
    [number],
  );
  const row = rows[0];
  if (!row) return null;
  if (row.version === TICKET_VERSION) return row.folded;
  const ticket = fold(emptyTicket(number), await readEvents(trx, number, { after: 0 }));
  return { ...ticket, customer: row.customer };
}
