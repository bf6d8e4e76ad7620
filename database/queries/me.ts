import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export interface MeRow {
  agent: { id: string; name: string; email: string; role: 'agent' | 'admin' };
  company: { id: string; name: string };
  teams: { id: string; name: string }[];
}

/** The signed-in agent with company and teams; null when there is no such active agent. */
export async function readMe(trx: CompanyTransaction, agent: string): Promise<MeRow | null> {
  const rows = await select<MeRow>(
    trx,
    `select
       json_build_object('id', a.id, 'name', a.name, 'email', a.email, 'role', a.role) as agent,
       (select json_build_object('id', c.id, 'name', c.name) from company c) as company,
       coalesce((
         select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name, t.id)
         from agent_team m join team t on t.id = m.team where m.agent = a.id
       ), '[]') as teams
     from agent a where a.id = ? and a.active`,
    [agent],
  );
  return rows[0] ?? null;
}
