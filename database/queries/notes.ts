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
