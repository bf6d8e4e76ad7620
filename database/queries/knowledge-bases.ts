import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';

export interface KnowledgeBase {
  id: string;
  name: string;
  /** Customers are answered from public ones only. */
  public: boolean;
  articles: number;
  createdAt: string;
}

const base = `select k.id, k.name, k.public, k.created_at as "createdAt",
  (select count(*) from article a
   where a.company = k.company and a.knowledge_base = k.id) as articles
  from knowledge_base k`;

export async function listKnowledgeBases(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<KnowledgeBase>> {
  return listByName<KnowledgeBase>(trx, { from: base, name: 'k.name', id: 'k.id', ...request });
}

/** Null when this company has no such knowledge base. */
export async function readKnowledgeBase(
  trx: CompanyTransaction,
  id: string,
): Promise<KnowledgeBase | null> {
  const [row] = await select<KnowledgeBase>(trx, `${base} where k.id = ?`, [id]);
  return row ?? null;
}

export async function insertKnowledgeBase(
  trx: CompanyTransaction,
  made: { id: string; name: string; public: boolean },
): Promise<void> {
  await trx('knowledge_base').insert({ company: trx.company, ...made });
}

export async function updateKnowledgeBase(
  trx: CompanyTransaction,
  id: string,
  changes: { name?: string; public?: boolean },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await trx('knowledge_base').where({ company: trx.company, id }).update(changes);
}

/** Its articles go with it; false when there is no such knowledge base. */
export async function deleteKnowledgeBase(trx: CompanyTransaction, id: string): Promise<boolean> {
  return (await trx('knowledge_base').where({ company: trx.company, id }).delete()) > 0;
}
