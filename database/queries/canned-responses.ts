import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';
import type { Named } from './ticket-item.ts';
import { likePattern } from './ticket-text-search.ts';

export interface CannedResponse {
  id: string;
  title: string;
  body: string;
  /** Only its agent sees it. */
  personal: boolean;
  agent: Named | null;
  createdAt: string;
}

const response = `select r.id, r.title, r.body, r.agent is not null as personal,
  r.created_at as "createdAt",
  case when a.id is null then null
    else json_build_object('id', a.id, 'name', a.name) end as agent
  from canned_response r left join agent a on a.company = r.company and a.id = r.agent`;

const ofAgent = '(r.agent is null or r.agent = ?)';

/** The company's responses and this agent's own. */
export async function listCannedResponses(
  trx: CompanyTransaction,
  agent: string,
  request: PageRequest & { q?: string; personal?: boolean },
): Promise<Page<CannedResponse>> {
  const { q, personal, ...page } = request;
  const conditions: { sql: string; bindings: (string | boolean)[] }[] = [
    { sql: ofAgent, bindings: [agent] },
  ];
  if (personal !== undefined) {
    conditions.push({ sql: '(r.agent is not null) = ?', bindings: [personal] });
  }
  if (q !== undefined) {
    const pattern = likePattern(q.trim());
    conditions.push({ sql: '(r.title ilike ? or r.body ilike ?)', bindings: [pattern, pattern] });
  }
  return listByName<CannedResponse>(trx, {
    from: response,
    name: 'r.title',
    id: 'r.id',
    conditions,
    ...page,
  });
}

/** Null when there is none, or when it is another agent's own. */
export async function readCannedResponse(
  trx: CompanyTransaction,
  agent: string,
  id: string,
): Promise<CannedResponse | null> {
  const sql = `${response} where r.id = ? and ${ofAgent}`;
  const [row] = await select<CannedResponse>(trx, sql, [id, agent]);
  return row ?? null;
}

/** `agent` null: the whole company's. */
export async function insertCannedResponse(
  trx: CompanyTransaction,
  made: { id: string; agent: string | null; title: string; body: string },
): Promise<void> {
  await trx('canned_response').insert({ company: trx.company, ...made });
}

/** For one that `readCannedResponse` gave to this agent. */
export async function updateCannedResponse(
  trx: CompanyTransaction,
  id: string,
  changes: { title?: string; body?: string; agent?: string | null },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await trx('canned_response').where({ company: trx.company, id }).update(changes);
}

export async function deleteCannedResponse(trx: CompanyTransaction, id: string): Promise<void> {
  await trx('canned_response').where({ company: trx.company, id }).delete();
}
