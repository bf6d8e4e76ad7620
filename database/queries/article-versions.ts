import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import type { Named } from './ticket-item.ts';

/** A text that readers saw. */
export interface ArticleVersion {
  /** Counts from 1. */
  number: number;
  title: string;
  /** Who published it; null when a program did. */
  by: Named | null;
  at: string;
}

const version = `select v.number, v.title, v.at,
  case when g.id is null then null else json_build_object('id', g.id, 'name', g.name) end as by`;

const source = `from article_version v
  left join agent g on g.company = v.company and g.id = v.agent`;

/** The newest first. */
export async function listArticleVersions(
  trx: CompanyTransaction,
  article: string,
  { limit, cursor }: PageRequest,
): Promise<Page<ArticleVersion>> {
  const before = cursor === null ? null : readCursor(cursor, 'version').number();
  const rows = await select<ArticleVersion>(
    trx,
    `${version} ${source}
     where v.article = ? and (?::integer is null or v.number < ?::integer)
     order by v.number desc limit ?`,
    [article, before, before, limit + 1],
  );
  return pageOf(rows, limit, 'version', ({ number }) => [number]);
}

/** Null when there is no such version of it. */
export async function readArticleVersion(
  trx: CompanyTransaction,
  article: string,
  number: number,
): Promise<(ArticleVersion & { body: string }) | null> {
  const rows = await select<ArticleVersion & { body: string }>(
    trx,
    `${version}, v.body ${source} where v.article = ? and v.number = ?`,
    [article, number],
  );
  return rows[0] ?? null;
}

/** Keeps what readers see now, unless the newest version says the same. */
export async function keepVersion(
  trx: CompanyTransaction,
  article: string,
  agent: string | null,
): Promise<void> {
  await select(
    trx,
    `with kept as (
       insert into article_version (company, article, number, title, body, agent, at)
       select a.company, a.id, a.version + 1, a.title, a.body, ?, a.updated_at
       from article a
       where a.id = ? and a.published and not exists (select from article_version v
         where v.company = a.company and v.article = a.id and v.number = a.version
           and v.title = a.title and v.body = a.body)
       returning number)
     update article set version = coalesce((select number from kept), version),
       version_at = updated_at
     where id = ?`,
    [agent, article, article],
  );
}

/** Keeps those that were published by the last release, or past the API. */
export async function fillVersions(trx: CompanyTransaction, article?: string): Promise<void> {
  const unkept = await select<{ id: string }>(
    trx,
    `select id from article
     where published and version_at is distinct from updated_at
       and (?::text is null or id = ?::text)
     order by id for update`,
    [article ?? null, article ?? null],
  );
  for (const { id } of unkept) await keepVersion(trx, id, null);
}
