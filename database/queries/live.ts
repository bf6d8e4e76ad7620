import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { CHANNEL } from '../listen.ts';
import type { PresenceChange } from '../listen.ts';

export interface FreshReminder {
  id: string;
  agent: string;
  at: string;
  kind: string;
  ticket: number;
}

/** Reminders of these agents that are newer than a moment, oldest first. */
export function readFreshReminders(
  trx: CompanyTransaction,
  agents: readonly string[],
  since: string,
): Promise<FreshReminder[]> {
  return select<FreshReminder>(
    trx,
    `select id, agent, at, kind, ticket from reminder
     where agent = any(?) and at > ? order by at, id`,
    [[...agents], since],
  );
}

/** Which of these agents may still sign in. */
export async function readActiveAgents(
  trx: CompanyTransaction,
  agents: readonly string[],
): Promise<Set<string>> {
  const sql = 'select id from agent where active and id = any(?)';
  const rows = await select<{ id: string }>(trx, sql, [[...agents]]);
  return new Set(rows.map((row) => row.id));
}

/** Tells every API process what an agent does on a ticket; nothing of it is kept. */
export async function notifyPresence(
  trx: CompanyTransaction,
  presence: Omit<PresenceChange, 'company'>,
): Promise<void> {
  const payload = JSON.stringify({ company: trx.company, ...presence });
  await trx.raw('select pg_notify(?, ?)', [CHANNEL, payload]);
}
