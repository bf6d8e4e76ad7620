import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { keepUse } from './answer-uses.ts';
import { listByName } from './by-name.ts';
import type { Named } from './ticket-item.ts';
import { likePattern } from './ticket-text-search.ts';

/** What sending an answer with it does besides: one of the two. */
export interface AfterSend {
  solve?: { summary: boolean };
  pend?: { days: number };
}

export interface CannedResponse {
  id: string;
  title: string;
  body: string;
  /** Names with slashes between them; '' stands above all folders. */
  folder: string;
  /** Only its agent sees it. */
  personal: boolean;
  agent: Named | null;
  labels: string[];
  afterSend: AfterSend | null;
  attachments: { id: string; filename: string; contentType: string; size: number }[];
  /** How often it was put into an answer, and when last. */
  used: number;
  usedAt: string | null;
  createdAt: string;
}

const response = `select r.id, r.title, r.body, r.folder, r.agent is not null as personal,
  r.labels, r.after_send as "afterSend", r.used, r.used_at as "usedAt",
  r.created_at as "createdAt",
  coalesce((select json_agg(json_build_object('id', f.id, 'filename', f.filename,
      'contentType', f.content_type, 'size', f.bytes) order by f.position, f.id)
    from attachment f
    where f.company = r.company and f.canned_response = r.id), '[]') as attachments,
  case when a.id is null then null
    else json_build_object('id', a.id, 'name', a.name) end as agent
  from canned_response r left join agent a on a.company = r.company and a.id = r.agent`;

const ofAgent = '(r.agent is null or r.agent = ?)';

/** The company's responses and this agent's own. */
export async function listCannedResponses(
  trx: CompanyTransaction,
  agent: string,
  request: PageRequest & { q?: string; personal?: boolean; folder?: string },
): Promise<Page<CannedResponse>> {
  const { q, personal, folder, ...page } = request;
  const conditions: { sql: string; bindings: (string | boolean)[] }[] = [
    { sql: ofAgent, bindings: [agent] },
  ];
  if (personal !== undefined) {
    conditions.push({ sql: '(r.agent is not null) = ?', bindings: [personal] });
  }
  if (folder !== undefined) conditions.push({ sql: 'r.folder = ?', bindings: [folder] });
  if (q !== undefined) {
    const pattern = likePattern(q.trim());
    const sql = '(r.title ilike ? or r.body ilike ? or r.folder ilike ?)';
    conditions.push({ sql, bindings: [pattern, pattern, pattern] });
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

/** The id of one with this title in this folder; null when there is none. */
export async function findCannedResponse(
  trx: CompanyTransaction,
  { agent, folder, title }: { agent: string | null; folder: string; title: string },
): Promise<string | null> {
  const [row] = await select<{ id: string }>(
    trx,
    `select id from canned_response
     where agent is not distinct from ? and folder = ? and lower(title) = lower(?)
     order by created_at, id limit 1`,
    [agent, folder, title],
  );
  return row?.id ?? null;
}

export interface CannedFields {
  title?: string;
  body?: string;
  folder?: string;
  labels?: readonly string[];
  afterSend?: AfterSend | null;
  /** Null: the whole company's. */
  agent?: string | null;
}

export async function insertCannedResponse(
  trx: CompanyTransaction,
  made: CannedFields & { id: string; agent: string | null; title: string; body: string },
): Promise<void> {
  const { id, ...fields } = made;
  await trx('canned_response').insert({ company: trx.company, id, ...columns(fields) });
}

/** For one that `readCannedResponse` gave to this agent. */
export async function updateCannedResponse(
  trx: CompanyTransaction,
  id: string,
  changes: CannedFields,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await trx('canned_response').where({ company: trx.company, id }).update(columns(changes));
}

function columns({ labels, afterSend, ...rest }: CannedFields) {
  return {
    ...rest,
    ...(labels === undefined ? {} : { labels: [...labels] }),
    ...(afterSend === undefined ? {} : { after_send: afterSend && JSON.stringify(afterSend) }),
  };
}

/**
 * Its files from now on, in this order: uploads of this agent, or what it has already. Others are
 * let go, and forgotten like every upload that went with no mail. Gives those that it has now.
 */
export async function setCannedFiles(
  trx: CompanyTransaction,
  agent: string,
  id: string,
  files: readonly string[],
): Promise<string[]> {
  await trx.raw(
    `update attachment set canned_response = null
     where canned_response = ? and not id = any(?::text[])`,
    [id, [...files]],
  );
  const rows = await select<{ id: string }>(
    trx,
    `update attachment a set canned_response = ?, position = w.place - 1
     from unnest(?::text[]) with ordinality w (id, place)
     where a.id = w.id and a.message is null and a.threat is null
       and (a.canned_response = ? or a.canned_response is null and a.agent = ?)
     returning a.id`,
    [id, [...files], id, agent],
  );
  return rows.map((row) => row.id);
}

/** One more use; it counts only what nobody decides by, so no lock is held for long. */
export async function countCannedUse(
  trx: CompanyTransaction,
  id: string,
  agent: string,
): Promise<void> {
  await keepUse(trx, { kind: 'canned', item: id, agent });
  await trx.raw('update canned_response set used = used + 1, used_at = now() where id = ?', [id]);
}

export async function deleteCannedResponse(trx: CompanyTransaction, id: string): Promise<void> {
  await trx('canned_response').where({ company: trx.company, id }).delete();
}
