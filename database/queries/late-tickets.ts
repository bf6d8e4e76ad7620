import { select } from '../client.ts';
import type { Database, Knex } from '../client.ts';

/** One process at a time picks; any number that nobody else uses. */
const SWEEP_LOCK = 7_352_002;

export interface LateTicket {
  company: string;
  number: number;
}

/**
 * Tickets whose timer or send is overdue, each at most once in a growing while (15 s to 10 min).
 * Another process that is picking right now makes this one come back empty.
 */
export function pickLateTickets(
  database: Database,
  lateByMs: number,
  limit: number,
): Promise<LateTicket[]> {
  return database.lookups.transaction(async (trx) => {
    const [lock] = await select<{ free: boolean }>(
      trx,
      'select pg_try_advisory_xact_lock(?) as free',
      [SWEEP_LOCK],
    );
    if (!lock?.free) return [];
    const late = await select<{ company: string; ticket: number }>(
      trx,
      'select company, ticket from lookup_late_tickets(make_interval(secs => ?), ?)',
      [lateByMs / 1_000, limit],
    );
    for (const company of new Set(late.map((row) => row.company))) {
      const tickets = late.filter((row) => row.company === company).map((row) => row.ticket);
      await markSynced(trx, company, tickets);
    }
    return late.map(({ company, ticket }) => ({ company, number: ticket }));
  });
}

/** A ticket that was well for half an hour starts again with the shortest wait. */
async function markSynced(trx: Knex, company: string, tickets: readonly number[]): Promise<void> {
  await trx.raw(`select set_config('app.company', ?, true)`, [company]);
  await trx.raw(
    `insert into ticket_sweep (company, ticket, synced_at, waits)
     select ?, ticket, now(), 0 from unnest(?::int[]) ticket
     on conflict (company, ticket) do update set synced_at = now(),
       waits = case when ticket_sweep.synced_at < now() - interval '30 minutes' then 0
         else ticket_sweep.waits + 1 end`,
    [company, [...tickets]],
  );
}

/** Takes back that tickets were picked: they are picked again in the next round. */
export async function forgetSweeps(
  database: Database,
  tickets: readonly LateTicket[],
): Promise<void> {
  for (const { company, number } of tickets) {
    await database.withCompany(company, (trx) =>
      trx('ticket_sweep').where({ company, ticket: number }).delete(),
    );
  }
}
