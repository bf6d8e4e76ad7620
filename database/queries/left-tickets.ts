import { select } from '../client.ts';
import type { CompanyTransaction, Database } from '../client.ts';

/** Open and pending tickets of deactivated agents, in all companies. */
export async function findLeftTickets(
  database: Database,
  limit: number,
): Promise<{ company: string; ticket: number }[]> {
  const sql = 'select company, ticket from lookup_left_tickets(?)';
  return select<{ company: string; ticket: number }>(database.lookups, sql, [limit]);
}

/** Whose ticket it was, and in whose name it is released: who deactivated them, if still there. */
export async function readLeftTicket(
  trx: CompanyTransaction,
  number: number,
): Promise<{ owner: string; by: string | null } | null> {
  const rows = await select<{ owner: string; by: string | null }>(
    trx,
    `select t.owner, b.id as by from ticket t
     join agent a on a.company = t.company and a.id = t.owner and not a.active
     left join agent b on b.company = a.company and b.id = a.deactivated_by and b.active
     where t.number = ? and t.state in ('open', 'pending')`,
    [number],
  );
  return rows[0] ?? null;
}
