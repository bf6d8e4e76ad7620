import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** An article that was imported from a file. */
export interface ImportedArticle {
  id: string;
  source: string;
}

export async function listImportedArticles(
  trx: CompanyTransaction,
  knowledgeBase: string,
): Promise<ImportedArticle[]> {
  return select<ImportedArticle>(
    trx,
    'select id, source from article where knowledge_base = ? and source is not null',
    [knowledgeBase],
  );
}

/** An admin who is there, by name the first; null when there is none. */
export async function findAnAdmin(trx: CompanyTransaction): Promise<string | null> {
  const rows = await select<{ id: string }>(
    trx,
    `select id from agent where role = 'admin' and active order by lower(name), id limit 1`,
  );
  return rows[0]?.id ?? null;
}

/** By its name, whatever its capitals; null when there is none. */
export async function findKnowledgeBase(
  trx: CompanyTransaction,
  name: string,
): Promise<string | null> {
  const rows = await select<{ id: string }>(
    trx,
    'select id from knowledge_base where lower(name) = lower(?) order by created_at, id limit 1',
    [name],
  );
  return rows[0]?.id ?? null;
}
