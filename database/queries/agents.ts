import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { isDuplicate } from '../errors.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { endAccountLinks } from './account-links.ts';
import type { AccountMailState } from './account-mail.ts';
import { listByName } from './by-name.ts';
import { notifyAccess, notifyCounts } from './live.ts';
import { requireTeams } from './teams.ts';
import type { Named } from './ticket-item.ts';

export const agentRoles = ['agent', 'admin'] as const;
export type AgentRole = (typeof agentRoles)[number];

export interface Agent {
  id: string;
  name: string;
  email: string;
  role: AgentRole;
  active: boolean;
  teams: Named[];
  /** Where the picture is; null while there is none. */
  photo: string | null;
  undoSeconds: number;
  /** False while an invitation is open: the agent has no password yet. */
  hasPassword: boolean;
  /** The newest one, while there is no password. */
  invitation: Invitation | null;
  /** Open and pending ones that the agent owns. */
  openTickets: number;
  /** Within a few minutes; null: never. */
  seenAt: string | null;
  createdAt: string;
}

export interface Invitation {
  sentAt: string;
  expiresAt: string;
  expired: boolean;
  mail: AccountMailState;
  reason: string | null;
}

const isoTime = (column: string): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Of agent `a`. */
const invitation = `(select json_build_object(
     'sentAt', ${isoTime('l.created_at')}, 'expiresAt', ${isoTime('l.expires_at')},
     'expired', l.expires_at < now() or l.ended_at is not null,
     'mail', coalesce(m.outcome, 'waiting'),
     'reason', case when m.outcome is distinct from 'sent' then m.response end)
   from account_link l
   join account_mail m on m.company = l.company and m.link = l.id
   where l.company = a.company and l.agent = a.id and l.kind = 'invitation'
   order by l.created_at desc, l.id desc limit 1)`;

/**
 * Where the picture of agent `a` is, another address for another picture: caches may keep it. The
 * question mark is written as its number, since one in a statement stands for a value.
 */
export const photoOfAgent = `case when a.photo_hash is not null
  then '/api/v1/agents/' || a.id || '/photo' || chr(63) || 'v=' || left(a.photo_hash, 12) end`;

/** How long a mail of agent `a` waits for an undo: as chosen, else as the company says. */
export const undoOfAgent = `case when a.undo_chosen then a.undo_seconds
  else (select c.undo_seconds from company c where c.id = a.company) end`;

const agent = `select a.id, a.name, a.email, a.role, a.active, ${photoOfAgent} as photo,
  ${undoOfAgent} as "undoSeconds", a.password_hash is not null as "hasPassword",
  a.created_at as "createdAt", a.seen_at as "seenAt",
  case when a.password_hash is null then ${invitation} end as invitation,
  (select count(*)::int from ticket t where t.company = a.company and t.owner = a.id
     and t.state in ('open', 'pending')) as "openTickets",
  (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name)
     order by lower(g.name), g.id), '[]')
   from agent_team m join team g on g.company = m.company and g.id = m.team
   where m.company = a.company and m.agent = a.id) as teams
  from agent a`;

export async function listAgents(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<Agent>> {
  return listByName<Agent>(trx, { from: agent, name: 'a.name', id: 'a.id', ...request });
}

/** Null when this company has no such agent. */
export async function readAgent(trx: CompanyTransaction, id: string): Promise<Agent | null> {
  const [row] = await select<Agent>(trx, `${agent} where a.id = ?`, [id]);
  return row ?? null;
}

export interface NewAgent {
  id: string;
  name: string;
  email: string;
  role: AgentRole;
  /** Ids of teams of the same company. */
  teams: readonly string[];
  /** As `hashPassword` makes it; null for an invitation. */
  passwordHash: string | null;
}

/** @throws RefusedError `not_found` for a strange team, `already_exists` for a known address */
export async function insertAgent(trx: CompanyTransaction, made: NewAgent): Promise<void> {
  const { id, name, email, role, passwordHash } = made;
  await requireTeams(trx, made.teams);
  try {
    await trx('agent').insert({
      company: trx.company,
      id,
      name,
      email,
      role,
      password_hash: passwordHash,
      undo_chosen: false,
    });
  } catch (error) {
    throw addressTaken(error, email);
  }
  await setTeams(trx, id, made.teams);
}

export interface AgentChanges {
  name?: string;
  email?: string;
  role?: AgentRole;
  active?: boolean;
  teams?: readonly string[];
  undoSeconds?: number;
  passwordHash?: string;
  /** Who deactivates: the tickets that go back to New do it in this name. */
  deactivatedBy?: string | null;
}

/**
 * A new password ends the agent's open links, and the sessions but for the one that `keepSession`
 * is the hash of.
 * @returns false when there is no such agent
 * @throws RefusedError as `insertAgent`, and `not_allowed` when no active admin would be left
 */
export async function updateAgent(
  trx: CompanyTransaction,
  id: string,
  changes: AgentChanges,
  keepSession: string | null = null,
): Promise<boolean> {
  const { company } = trx;
  // Locks the admins, so that two who demote each other at once do not both succeed.
  await trx.raw(`select id from agent where role = 'admin' order by id for update`);
  const { teams, undoSeconds, passwordHash, deactivatedBy, ...rest } = changes;
  const columns = {
    ...rest,
    ...(undoSeconds === undefined ? {} : { undo_seconds: undoSeconds, undo_chosen: true }),
    ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
  };
  const found: { id: string } | undefined = await trx('agent').where({ company, id }).first('id');
  if (!found) return false;
  if (changes.active !== undefined)
    await markActive(trx, id, changes.active, deactivatedBy ?? null);
  if (Object.keys(columns).length > 0) {
    try {
      await trx('agent').where({ company, id }).update(columns);
    } catch (error) {
      throw addressTaken(error, changes.email ?? '');
    }
  }
  if (teams !== undefined) {
    await requireTeams(trx, teams);
    await setTeams(trx, id, teams);
  }
  await keepAnAdmin(trx, changes);
  if (changes.active === false || passwordHash !== undefined) {
    // A link that still lies in a mailbox must not undo what was chosen after it.
    await endAccountLinks(trx, id);
    const kept = changes.active === false ? null : keepSession;
    await select(trx, 'delete from session where agent = ? and hash is distinct from ?', [
      id,
      kept,
    ]);
    await notifyAccess(trx);
  } else if (teams !== undefined) {
    await notifyCounts(trx);
  }
  return true;
}

/** Notes since when and by whom, but not again for an agent who is deactivated already. */
async function markActive(
  trx: CompanyTransaction,
  id: string,
  active: boolean,
  by: string | null,
): Promise<void> {
  const sql = active
    ? 'update agent set deactivated_at = null, deactivated_by = null where id = ?'
    : 'update agent set deactivated_at = now(), deactivated_by = ? where id = ? and active';
  await select(trx, sql, active ? [id] : [by, id]);
}

async function keepAnAdmin(trx: CompanyTransaction, changes: AgentChanges): Promise<void> {
  if (changes.active !== false && changes.role !== 'agent') return;
  const admins = await select<{ id: string }>(
    trx,
    `select id from agent where role = 'admin' and active limit 1`,
  );
  if (admins.length === 0) {
    throw refused('not_allowed', 'The company needs an active admin; make another one first.');
  }
}

async function setTeams(
  trx: CompanyTransaction,
  id: string,
  teams: readonly string[],
): Promise<void> {
  const { company } = trx;
  await trx('agent_team').where({ company, agent: id }).delete();
  const rows = [...new Set(teams)].map((team) => ({ company, agent: id, team }));
  if (rows.length > 0) await trx('agent_team').insert(rows);
}

function addressTaken(error: unknown, email: string): unknown {
  if (!isDuplicate(error, 'agent_email')) return error;
  return refused(
    'already_exists',
    `Somebody signs in with "${email}" already; each agent needs an address of their own.`,
  );
}

/** The address of an active agent; null when there is none. */
export async function readAgentEmail(
  trx: CompanyTransaction,
  agent: string,
): Promise<string | null> {
  const rows = await select<{ email: string }>(
    trx,
    'select email from agent where company = ? and id = ? and active',
    [trx.company, agent],
  );
  return rows[0]?.email ?? null;
}

/** The agent with this address, active or not. */
export async function findAgentByEmail(
  trx: CompanyTransaction,
  email: string,
): Promise<string | null> {
  const rows = await select<{ id: string }>(
    trx,
    'select id from agent where company = ? and lower(email) = lower(?)',
    [trx.company, email],
  );
  return rows[0]?.id ?? null;
}
