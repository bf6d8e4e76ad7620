import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { isDuplicate } from '../errors.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';
import { notifyCounts } from './live.ts';
import type { Named } from './ticket-item.ts';

export interface Team {
  id: string;
  name: string;
  agents: Named[];
  /** Its new, open and pending tickets. */
  openTickets: number;
  /** Whose new tickets it gets. */
  mailboxes: Named[];
  createdAt: string;
}

const team = `select g.id, g.name, g.created_at as "createdAt",
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name)
     order by lower(a.name), a.id), '[]')
   from agent_team m join agent a on a.company = m.company and a.id = m.agent
   where m.company = g.company and m.team = g.id and a.active) as agents,
  (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name)
     order by lower(b.name), b.id), '[]')
   from mailbox b where b.company = g.company and b.team = g.id) as mailboxes,
  (select count(*)::int from ticket t where t.company = g.company and t.team = g.id
     and t.state in ('new', 'open', 'pending')) as "openTickets"
  from team g`;

export async function listTeams(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<Team>> {
  return listByName<Team>(trx, { from: team, name: 'g.name', id: 'g.id', ...request });
}

/** Null when this company has no such team. */
export async function readTeam(trx: CompanyTransaction, id: string): Promise<Team | null> {
  const [row] = await select<Team>(trx, `${team} where g.id = ?`, [id]);
  return row ?? null;
}

/** @throws RefusedError `already_exists` when another team has the name */
export async function insertTeam(
  trx: CompanyTransaction,
  made: { id: string; name: string },
): Promise<void> {
  try {
    await trx('team').insert({ company: trx.company, ...made });
  } catch (error) {
    throw nameTaken(error, made.name);
  }
}

/** @returns false when there is no such team */
export async function renameTeam(
  trx: CompanyTransaction,
  id: string,
  name: string,
): Promise<boolean> {
  try {
    return (await trx('team').where({ company: trx.company, id }).update({ name })) > 0;
  } catch (error) {
    throw nameTaken(error, name);
  }
}

/**
 * Makes these the active agents of the team; those who are deactivated stay in it.
 * @throws RefusedError `not_found` naming the first id that is no agent of this company
 */
export async function setTeamAgents(
  trx: CompanyTransaction,
  team: string,
  agents: readonly string[],
): Promise<void> {
  const known = await select<{ id: string }>(trx, 'select id from agent where id = any(?)', [
    [...agents],
  ]);
  const unknown = agents.find((id) => !known.some((agent) => agent.id === id));
  if (unknown !== undefined) {
    throw refused('not_found', `There is no agent "${unknown}" in this company.`);
  }
  await select(
    trx,
    `delete from agent_team m using agent a where m.team = ? and not m.agent = any(?)
       and a.company = m.company and a.id = m.agent and a.active`,
    [team, [...agents]],
  );
  await select(
    trx,
    `insert into agent_team (company, agent, team) select ?, agent, ? from unnest(?::text[]) agent
     on conflict do nothing`,
    [trx.company, team, [...new Set(agents)]],
  );
  await notifyCounts(trx);
}

/**
 * @returns false when there is no such team
 * @throws RefusedError `not_allowed` while it has tickets, which nobody would see without a team
 */
export async function deleteTeam(trx: CompanyTransaction, id: string): Promise<boolean> {
  const { company } = trx;
  const used = await select<{ number: number }>(
    trx,
    'select number from ticket where team = ? limit 1',
    [id],
  );
  if (used[0]) {
    throw refused(
      'not_allowed',
      `The team has tickets, such as #${used[0].number}; move them to another team first.`,
    );
  }
  return (await trx('team').where({ company, id }).delete()) > 0;
}

/** @throws RefusedError `not_found` naming the first id that is no team of this company */
export async function requireTeams(trx: CompanyTransaction, ids: readonly string[]): Promise<void> {
  const rows: { id: string }[] = await trx('team')
    .where({ company: trx.company })
    .whereIn('id', [...ids])
    .select('id');
  const known = new Set(rows.map((row) => row.id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw refused('not_found', `There is no team "${unknown}" in this company.`);
  }
}

function nameTaken(error: unknown, name: string): unknown {
  if (!isDuplicate(error)) return error;
  return refused('already_exists', `There is a team "${name}" already; choose another name.`);
}
