import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** What an agent has begun to write on a ticket. */
export interface DraftContent {
  text: string;
  html: string | null;
  /** Null: whom the answer goes to by itself. */
  to: string[] | null;
  cc: string[];
  bcc: string[];
  mode: 'reply' | 'note';
  note: string;
  /** Ids of uploads. */
  attachments: string[];
}

export interface DraftRow {
  content: DraftContent;
  updatedAt: string;
  files: { id: string; filename: string; contentType: string; size: number }[];
}

/** What drafts of the last release do not say. */
export const EMPTY_DRAFT: DraftContent = {
  text: '',
  html: null,
  to: null,
  cc: [],
  bcc: [],
  mode: 'reply',
  note: '',
  attachments: [],
};

export async function readDraft(
  trx: CompanyTransaction,
  ticket: number,
  agent: string,
): Promise<DraftRow | null> {
  const rows = await select<DraftRow>(
    trx,
    `select d.content, d.updated_at as "updatedAt",
       coalesce((
         select json_agg(json_build_object('id', a.id, 'filename', a.filename,
           'contentType', a.content_type, 'size', a.bytes) order by w.place)
         from jsonb_array_elements_text(d.content->'attachments') with ordinality w (id, place)
         join attachment a on a.company = d.company and a.id = w.id
           and (a.agent = d.agent or a.canned_response is not null)
       ), '[]') as files
     from draft d where d.ticket = ? and d.agent = ?`,
    [ticket, agent],
  );
  const [row] = rows;
  return row ? { ...row, content: { ...EMPTY_DRAFT, ...row.content } } : null;
}

/**
 * Keeps two browsers of one agent apart, so that each learns what the other had saved: also when
 * neither has saved anything yet, and there is no row to lock.
 */
export async function lockDraft(
  trx: CompanyTransaction,
  ticket: number,
  agent: string,
): Promise<void> {
  const key = JSON.stringify(['draft', trx.company, ticket, agent]);
  await select(trx, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
}

export async function saveDraft(
  trx: CompanyTransaction,
  ticket: number,
  agent: string,
  content: DraftContent,
): Promise<void> {
  await trx.raw(
    `insert into draft (company, ticket, agent, content, updated_at) values (?, ?, ?, ?, now())
     on conflict (company, ticket, agent) do update
       set content = excluded.content, updated_at = excluded.updated_at`,
    [trx.company, ticket, agent, JSON.stringify(content)],
  );
}

/** An emptied draft is no draft. */
export async function deleteDraft(
  trx: CompanyTransaction,
  ticket: number,
  agent: string,
): Promise<void> {
  await trx.raw('delete from draft where ticket = ? and agent = ?', [ticket, agent]);
}
