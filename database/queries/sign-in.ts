import { select } from '../client.ts';
import type { CompanyTransaction, Database } from '../client.ts';
import { notifyAccess } from './live.ts';

export interface AgentCredentials {
  id: string;
  active: boolean;
  passwordHash: string | null;
}

/** Where an address signs in; null when nobody has it. */
export async function findAgentByEmail(
  database: Database,
  email: string,
): Promise<{ company: string; agent: string } | null> {
  const sql = 'select company, agent from lookup_agent(?)';
  const rows = await select<{ company: string; agent: string }>(database.lookups, sql, [email]);
  return rows[0] ?? null;
}

export async function readCredentials(
  trx: CompanyTransaction,
  agent: string,
): Promise<AgentCredentials | null> {
  const sql = 'select id, active, password_hash as "passwordHash" from agent where id = ?';
  const rows = await select<AgentCredentials>(trx, sql, [agent]);
  return rows[0] ?? null;
}

export async function readAgentRole(
  trx: CompanyTransaction,
  agent: string,
): Promise<'agent' | 'admin' | null> {
  const sql = 'select role from agent where id = ? and active';
  const rows = await select<{ role: 'agent' | 'admin' }>(trx, sql, [agent]);
  return rows[0]?.role ?? null;
}

export async function insertSession(
  trx: CompanyTransaction,
  session: { hash: string; agent: string; days: number; browser?: string; address?: string },
): Promise<void> {
  const { hash, agent, days, browser = '', address = null } = session;
  await trx.raw(
    `insert into session (company, hash, agent, browser, address, expires_at)
     values (?, ?, ?, ?, ?, now() + make_interval(days => ?))`,
    [trx.company, hash, agent, browser, address, days],
  );
}

export async function deleteSession(trx: CompanyTransaction, hash: string): Promise<void> {
  await trx.raw('delete from session where hash = ?', [hash]);
  await notifyAccess(trx);
}

/** Notes that an agent was here just now, and that the token was used when it was one. */
export async function markSeen(
  trx: CompanyTransaction,
  agent: string,
  tokenHash: string | null,
): Promise<void> {
  if (tokenHash === null) {
    await select(trx, 'update agent set seen_at = now() where id = ?', [agent]);
  } else {
    await select(trx, 'update api_token set used_at = now() where hash = ?', [tokenHash]);
  }
}

/** Ends what nobody can use any more. */
export async function deleteExpiredSessions(trx: CompanyTransaction): Promise<void> {
  await trx.raw('delete from session where expires_at < now()');
}
