import type { Language } from '../../domain/languages.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** What a company says of itself; null: as the server has it. */
export interface CompanySettings {
  language: Language;
  undoSeconds: number;
  reopenWindowMs: number | null;
  attachmentBytesMax: number | null;
  mailBytesMax: number | null;
  /** #rrggbb, on pages for customers; null: the desk's own. */
  accentColor: string | null;
}

export async function readCompanySettings(
  trx: CompanyTransaction,
): Promise<CompanySettings | null> {
  const rows = await select<CompanySettings>(
    trx,
    `select language, undo_seconds as "undoSeconds", reopen_window_ms as "reopenWindowMs",
       attachment_bytes_max as "attachmentBytesMax", mail_bytes_max as "mailBytesMax",
       accent_color as "accentColor"
     from company where id = ?`,
    [trx.company],
  );
  return rows[0] ?? null;
}

/** What is left out stays. */
export async function updateCompanySettings(
  trx: CompanyTransaction,
  changes: Partial<CompanySettings>,
): Promise<void> {
  const columns = {
    language: changes.language,
    undo_seconds: changes.undoSeconds,
    reopen_window_ms: changes.reopenWindowMs,
    attachment_bytes_max: changes.attachmentBytesMax,
    mail_bytes_max: changes.mailBytesMax,
    accent_color: changes.accentColor,
  };
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  await trx('company').where({ id: trx.company }).update(Object.fromEntries(given));
}

/** The company's own limits of files; null: the server's. */
export async function readOwnLimits(
  trx: CompanyTransaction,
): Promise<Pick<CompanySettings, 'attachmentBytesMax' | 'mailBytesMax'>> {
  const rows = await select<Pick<CompanySettings, 'attachmentBytesMax' | 'mailBytesMax'>>(
    trx,
    `select attachment_bytes_max as "attachmentBytesMax", mail_bytes_max as "mailBytesMax"
     from company where id = ?`,
    [trx.company],
  );
  return rows[0] ?? { attachmentBytesMax: null, mailBytesMax: null };
}
