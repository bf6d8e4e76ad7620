import { selectAssembled } from '../assembled.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { findPassages } from './answer-search.ts';
import { forgetEqualDraft, lockArticle, mergeDraft } from './article-drafts.ts';
import { showNamedFiles } from './article-files.ts';
import { rebuildPassages } from './article-passages.ts';
import { oneOfEachLanguage } from './article-translations.ts';
import type { Translation } from './article-translations.ts';
import { keepVersion } from './article-versions.ts';
import { helpedOf, type Helped } from './article-votes.ts';
import { listByName } from './by-name.ts';
import type { Named } from './ticket-item.ts';

export interface Article {
  id: string;
  knowledgeBase: Named;
  title: string;
  body: string;
  /** BCP 47, such as "en" or "sv". */
  language: string;
  published: boolean;
  /** The number of the newest published text; null when it was never published. */
  version: number | null;
  /** Whether its writers have changed it since, which readers do not see yet. */
  changed: boolean;
  labels: string[];
  helped: Helped;
  /** The number of the ticket that it was made of. */
  fromTicket: number | null;
  /** The articles that say the same in other languages. */
  translations: Translation[];
  createdAt: string;
  updatedAt: string;
}

const article = `select a.id, a.title, a.body, a.language, a.published, a.labels,
  a.from_ticket as "fromTicket",
  nullif(a.version, 0) as version,
  coalesce((select json_agg(json_build_object('id', t.id, 'language', t.language,
      'title', t.title, 'published', t.published) order by t.language, t.id)
    from article t where t.company = a.company and t.translation_group = a.translation_group
      and t.id <> a.id), '[]') as translations,
  exists (select from article_draft d where d.company = a.company and d.article = a.id) as changed,
  a.created_at as "createdAt", a.updated_at as "updatedAt",
  json_build_object('id', k.id, 'name', k.name) as "knowledgeBase", ${helpedOf} as helped
  from article a join knowledge_base k on k.company = a.company and k.id = a.knowledge_base`;

export interface ArticleRequest extends PageRequest {
  knowledgeBase?: string;
  language?: string;
  published?: boolean;
  /** A question in plain words; those that answer it come first, and others not at all. */
  q?: string;
}

/** Nobody reads on after that many. */
const RANKED_PASSAGES_MAX = 200;

/** Much less sure than the best one: it has but a word of the question. */
const WORTH_OF_BEST = 1 / 3;

interface Condition {
  sql: string;
  bindings: (string | boolean)[];
}

/** In the order of their titles; with a question the best answers first, drafts among them. */
export async function listArticles(
  trx: CompanyTransaction,
  request: ArticleRequest,
): Promise<Page<Article>> {
  const { knowledgeBase, language, published, q, ...page } = request;
  const conditions: Condition[] = [];
  const add = (sql: string, ...bindings: (string | boolean)[]) => {
    conditions.push({ sql, bindings });
  };
  if (knowledgeBase !== undefined) add('a.knowledge_base = ?', knowledgeBase);
  if (language !== undefined) add('a.language = ?', language);
  if (published !== undefined) add('a.published = ?', published);
  if (q !== undefined && q.trim() !== '') return rankArticles(trx, q, conditions, page);
  return listByName<Article>(trx, {
    from: article,
    name: 'a.title',
    id: 'a.id',
    conditions,
    ...page,
  });
}

async function rankArticles(
  trx: CompanyTransaction,
  question: string,
  conditions: readonly Condition[],
  { limit, cursor }: PageRequest,
): Promise<Page<Article>> {
  const request = { question, audience: 'writers', limit: RANKED_PASSAGES_MAX } as const;
  const passages = await findPassages(trx, request);
  const least = (passages[0]?.score ?? 0) * WORTH_OF_BEST;
  const worth = passages.filter(({ score }) => score >= least);
  const ids = [...new Set(worth.map((passage) => passage.article))];
  const after = cursor === null ? 0 : readCursor(cursor, 'rank').number();
  const rows = await selectAssembled<Article & { rank: number }>(
    trx,
    `select found.*, array_position(?::text[], found.id) as rank from (
       ${article} where ${['a.id = any(?)', ...conditions.map(({ sql }) => sql)].join(' and ')}
     ) found where array_position(?::text[], found.id) > ? order by rank limit ?`,
    [ids, ids, ...conditions.flatMap(({ bindings }) => bindings), ids, after, limit + 1],
  );
  return pageOf(rows, limit, 'rank', (row) => [row.rank]);
}

/** Null when this company has no such article. */
export async function readArticle(trx: CompanyTransaction, id: string): Promise<Article | null> {
  const [row] = await select<Article>(trx, `${article} where a.id = ?`, [id]);
  return row ?? null;
}

/** An article with what decides who may read it. */
export interface ArticleUse {
  title: string;
  body: string;
  language: string;
  published: boolean;
  isPublic: boolean;
  companyName: string;
  updatedAt: string;
}

/** Null when this company has no such article. */
export async function readArticleUse(
  trx: CompanyTransaction,
  id: string,
): Promise<ArticleUse | null> {
  const rows = await select<ArticleUse>(
    trx,
    `select a.title, a.body, a.language, a.published, k.public as "isPublic",
       c.name as "companyName", a.updated_at as "updatedAt"
     from article a join knowledge_base k on k.company = a.company and k.id = a.knowledge_base
     join company c on c.id = a.company
     where a.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

export interface ArticleFields {
  /** Id of a knowledge base of the same company. */
  knowledgeBase?: string;
  title?: string;
  body?: string;
  language?: string;
  published?: boolean;
  labels?: readonly string[];
  /** The path of the file that it was imported from. */
  source?: string;
  /** Only said when it is made. */
  fromTicket?: number;
}

export async function insertArticle(
  trx: CompanyTransaction,
  made: ArticleFields & { id: string; knowledgeBase: string; title: string; body: string },
  agent: string | null = null,
): Promise<void> {
  const { id, ...fields } = made;
  await trx('article').insert({ company: trx.company, id, ...columns(fields) });
  await showNamedFiles(trx, id);
  await rebuildPassages(trx, id);
  await keepVersion(trx, id, agent);
}

/** At once, for readers too; what a published one says from now on is its next version. */

export async function updateArticle(
  trx: CompanyTransaction,
  id: string,
  changes: ArticleFields,
  agent: string | null = null,
): Promise<void> {
  await lockArticle(trx, id);
  if (changes.published === false) await mergeDraft(trx, id);
  await oneOfEachLanguage(() =>
    trx('article')
      .where({ company: trx.company, id })
      .update({ ...columns(changes), updated_at: trx.fn.now() }),
  );
  await forgetEqualDraft(trx, id);
  await showNamedFiles(trx, id);
  await rebuildPassages(trx, id);
  await keepVersion(trx, id, agent);
}

/** False when there is no such article. */
export async function deleteArticle(trx: CompanyTransaction, id: string): Promise<boolean> {
  return (await trx('article').where({ company: trx.company, id }).delete()) > 0;
}

function columns({ knowledgeBase, labels, fromTicket, ...rest }: ArticleFields) {
  return {
    ...rest,
    ...(fromTicket === undefined ? {} : { from_ticket: fromTicket }),
    ...(knowledgeBase === undefined ? {} : { knowledge_base: knowledgeBase }),
    ...(labels === undefined ? {} : { labels: [...labels] }),
  };
}
