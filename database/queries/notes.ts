import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export interface NewNote {
  id: string;
  ticket: number;
  agent: string;
  text: string;
  /** Ids of agents. */
  mentions: readonly string[];
}

export async function insertNote(trx: CompanyTransaction, note: NewNote): Promise<void> {
  await trx('note').insert({ company: trx.company, ...note, mentions: [...note.mentions] });
}

/** Changes the words of one's own note. @returns false when there is no such note of theirs */
export async function rewriteNote(
  trx: CompanyTransaction,
  { text, mentions, ...which }: NewNote,
): Promise<boolean> {
  const changed = await trx('note')
    .where({ company: trx.company, ...which })
    .whereNull('deleted_at')
    .update({ text, mentions: [...mentions], edited_at: trx.fn.now() });
  return changed > 0;
}

/** Takes the words away; that there was a note stays in the log. */
export async function eraseNote(
  trx: CompanyTransaction,
  which: Pick<NewNote, 'id' | 'ticket' | 'agent'>,
): Promise<boolean> {
  const changed = await trx('note')
    .where({ company: trx.company, ...which })
    .update({ text: '', mentions: [], deleted_at: trx.fn.now() });
  return changed > 0;
}

/** A note as the timeline shows it. */
export interface ShownNote {
  id: string;
  text: string;
  mentions: { id: string; name: string }[];
  editedAt: string | null;
  deleted: boolean;
}

export async function readShownNotes(
  trx: CompanyTransaction,
  ids: readonly string[],
): Promise<Map<string, ShownNote>> {
  if (ids.length === 0) return new Map();
  const rows = await select<ShownNote>(
    trx,
    `select n.id, n.text, n.edited_at as "editedAt", n.deleted_at is not null as deleted,
       (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name)
          order by a.name), '[]')
        from agent a where a.company = n.company and a.id = any(n.mentions)) as mentions
     from note n where n.id = any(?)`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface NoteRow {
  id: string;
  at: string;
  text: string;
  by: { id: string; name: string } | null;
}

export async function readNote(trx: CompanyTransaction, id: string): Promise<NoteRow | null> {
  const rows = await select<NoteRow>(
    trx,
    `select n.id, n.at, n.text, case when a.id is null then null
       else json_build_object('id', a.id, 'name', a.name) end as by
     from note n left join agent a on a.company = n.company and a.id = n.agent where n.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

/** Everyone who can be told of a note. */
export function readActiveAgentNames(
  trx: CompanyTransaction,
): Promise<{ id: string; name: string }[]> {
  return select<{ id: string; name: string }>(trx, 'select id, name from agent where active');
}
