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
    for (const { company, ticket } of late) await markSynced(trx, company, ticket);
    return late.map(({ company, ticket }) => ({ company, number: ticket }));
  });
}

/** A ticket that was well for half an hour starts again with the shortest wait. */
async function markSynced(trx: Knex, company: string, ticket: number): Promise<void> {
  await trx.raw(`select set_config('app.company', ?, true)`, [company]);
  await trx.raw(
    `insert into ticket_sweep (company, ticket, synced_at, waits) values (?, ?, now(), 0)
     on conflict (company, ticket) do update set synced_at = now(),
       waits = case when ticket_sweep.synced_at < now() - interval '30 minutes' then 0
         else ticket_sweep.waits + 1 end`,
    [company, ticket],
  );
}
