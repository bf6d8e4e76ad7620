import type { OneTicket } from './one-ticket.ts';
import type { RunningDesk } from './running-desk.ts';

const LATE_MS = 60_000;

/** Time passes for the sweeper: what the ticket waits for is overdue, as after a downtime. */
export async function makeLate(desk: RunningDesk, ticket: OneTicket): Promise<void> {
  const { company } = desk;
  const late = new Date(Date.now() - LATE_MS).toISOString();
  const key = { company, number: ticket.number };
  await desk.in((trx) =>
    trx('ticket').where(key).whereNotNull('next_due').update('next_due', late),
  );
  await desk.in((trx) =>
    trx('ticket').where(key).whereNotNull('sending_since').update('sending_since', late),
  );
}
