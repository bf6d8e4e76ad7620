import type { DeskTextKind } from '../../domain/desk-texts.ts';
import type { Language } from '../../domain/languages.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export interface DeskTextRow {
  kind: DeskTextKind;
  language: Language;
  text: string;
}

/** The company's own words; where there are none, the desk has its own. */
export async function listDeskTexts(trx: CompanyTransaction): Promise<DeskTextRow[]> {
  return select<DeskTextRow>(
    trx,
    'select kind, language, text from company_text where company = ?',
    [trx.company],
  );
}

export async function saveDeskText(trx: CompanyTransaction, row: DeskTextRow): Promise<void> {
  const { kind, language, text } = row;
  await select(
    trx,
    `insert into company_text (company, kind, language, text) values (?, ?, ?, ?)
     on conflict (company, kind, language) do update set text = excluded.text`,
    [trx.company, kind, language, text],
  );
}

/** Back to the desk's words. */
export async function deleteDeskText(
  trx: CompanyTransaction,
  { kind, language }: Omit<DeskTextRow, 'text'>,
): Promise<void> {
  await trx('company_text').where({ company: trx.company, kind, language }).delete();
}

/** How the company's mails speak, or would in another language, and its own words for one kind. */
export async function readTextOfMails(
  trx: CompanyTransaction,
  kind: DeskTextKind,
  language?: Language,
): Promise<{ language: Language; companyName: string; ownText: string | null }> {
  const rows = await select<{ language: Language; companyName: string; ownText: string | null }>(
    trx,
    `select l.language, c.name as "companyName", t.text as "ownText" from company c
     cross join lateral (select coalesce(?, c.language) as language) l
     left join company_text t on t.company = c.id and t.language = l.language and t.kind = ?
     where c.id = ?`,
    [language ?? null, kind, trx.company],
  );
  return rows[0] ?? { language: 'en', companyName: '', ownText: null };
}
