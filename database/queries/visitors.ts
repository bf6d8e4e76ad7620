import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { AssistantMode } from '../../domain/ticket/assistant.ts';
import type { Language } from '../../domain/languages.ts';

/** The sites that may show a mailbox's support module, beside our own. */
export async function readOrigins(
  trx: CompanyTransaction,
  mailbox: string,
): Promise<readonly string[]> {
  const sql = 'select origins from mailbox where company = ? and id = ?';
  const rows = await select<{ origins: string[] }>(trx, sql, [trx.company, mailbox]);
  return rows[0]?.origins ?? [];
}

/** What a page for visitors is made of. */
export interface VisitedMailbox {
  company: string;
  name: string;
  address: string;
  language: Language;
  assistant: AssistantMode;
  /** #rrggbb; null: none was chosen. */
  accentColor: string | null;
}

export async function readVisited(
  trx: CompanyTransaction,
  mailbox: string,
): Promise<VisitedMailbox | null> {
  const rows = await select<VisitedMailbox>(
    trx,
    `select c.name as company, coalesce(b.display_name, b.name) as name, b.address, c.language,
       b.assistant, c.accent_color as "accentColor"
     from mailbox b join company c on c.id = b.company where b.company = ? and b.id = ?`,
    [trx.company, mailbox],
  );
  return rows[0] ?? null;
}

/** @returns false when its proof was used before */
export async function useChallenge(
  trx: CompanyTransaction,
  id: string,
  expiresAt: Date,
): Promise<boolean> {
  const rows = await select(
    trx,
    `insert into used_challenge (company, id, expires_at) values (?, ?, ?)
     on conflict do nothing returning id`,
    [trx.company, id, expiresAt.toISOString()],
  );
  return rows.length > 0;
}

export async function forgetChallenges(trx: CompanyTransaction): Promise<void> {
  await select(trx, 'delete from used_challenge where company = ? and expires_at < now()', [
    trx.company,
  ]);
}
