import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { keepNamedFiles } from './article-files.ts';
import { fillVersions } from './article-versions.ts';
import type { Named } from './ticket-item.ts';

/** What stands in an article as its writers see it. */
export interface Writing {
  title: string;
  body: string;
  /** Names this very text: who saves says which text he began with. */
  revision: string;
  published: boolean;
  /** Whether readers see another text. */
  changed: boolean;
  /** Whether a newer version was published since these changes were begun. */
  behind: boolean;
  /** Who wrote the changes; null when there are none. */
  by: Named | null;
  at: string;
}

/** Null when this company has no such article. */
export async function readWriting(trx: CompanyTransaction, id: string): Promise<Writing | null> {
  const rows = await select<Writing>(
    trx,
    `select w.title, w.body, md5(json_build_array(w.title, w.body)::text) as revision,
       w.published, w.changed, w.behind, w.at,
       case when g.id is null then null else json_build_object('id', g.id, 'name', g.name) end as by
     from (
       select a.company, a.published, d.agent, d.article is not null as changed,
         coalesce(d.title, a.title) as title, coalesce(d.body, a.body) as body,
         coalesce(d.version < a.version, false) as behind, coalesce(d.at, a.updated_at) as at
       from article a left join article_draft d on d.company = a.company and d.article = a.id
       where a.id = ?) w
     left join agent g on g.company = w.company and g.id = w.agent`,
    [id],
  );
  return rows[0] ?? null;
}

/** Keeps two writers of one article apart; what readers see by now has its version. */
export async function lockArticle(trx: CompanyTransaction, id: string): Promise<void> {
  await select(trx, 'select from article where id = ? for update', [id]);
  await fillVersions(trx, id);
}

/** Readers see nothing of it, and neither does a search. */
export async function saveArticleDraft(
  trx: CompanyTransaction,
  article: string,
  { title, body, agent }: { title: string; body: string; agent: string },
): Promise<void> {
  await select(
    trx,
    `insert into article_draft (company, article, title, body, version, agent, at)
     select company, id, ?, ?, version, ?, now() from article where id = ?
     on conflict (company, article) do update
       set title = excluded.title, body = excluded.body, agent = excluded.agent, at = excluded.at`,
    [title, body, agent, article],
  );
  await keepNamedFiles(trx, article, body);
  await forgetEqualDraft(trx, article);
}

/** What says the same as the article is no change. */
export async function forgetEqualDraft(trx: CompanyTransaction, article: string): Promise<void> {
  await select(
    trx,
    `delete from article_draft d using article a
     where d.article = ? and a.company = d.company and a.id = d.article
       and a.title = d.title and a.body = d.body`,
    [article],
  );
}

export async function deleteArticleDraft(trx: CompanyTransaction, article: string): Promise<void> {
  await select(trx, 'delete from article_draft where article = ?', [article]);
}

/** What nobody reads any more is its own draft: what was written stands in the article then. */
export async function mergeDraft(trx: CompanyTransaction, article: string): Promise<void> {
  await select(
    trx,
    `with merged as (
       delete from article_draft where article = ? returning company, article, title, body)
     update article a set title = m.title, body = m.body
     from merged m where a.company = m.company and a.id = m.article`,
    [article],
  );
}
