import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Named } from './ticket-item.ts';

/** What a company shows to everybody: published articles of public knowledge bases. */
export interface HelpSite {
  company: string;
  /** BCP 47; the one with the most articles first. */
  languages: string[];
  /** #rrggbb; null: the desk's own. */
  accentColor: string | null;
}

const shown = `article a join knowledge_base k
  on k.company = a.company and k.id = a.knowledge_base and k.public`;

/** Null when there is no such company, or nothing that everybody may read. */
export async function readHelpSite(trx: CompanyTransaction): Promise<HelpSite | null> {
  const rows = await select<Pick<HelpSite, 'company' | 'accentColor'> & { language: string }>(
    trx,
    `select c.name as company, c.accent_color as "accentColor", a.language
     from ${shown} join company c on c.id = a.company
     where a.published group by c.name, c.accent_color, a.language
     order by count(*) desc, a.language`,
    [],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const { company, accentColor } = first;
  return { company, accentColor, languages: rows.map(({ language }) => language) };
}

export interface ListedArticle {
  id: string;
  title: string;
  language: string;
  labels: string[];
  updatedAt: string;
  knowledgeBase: Named;
}

/** A help site of more articles is searched, not read through. */
const LISTED_MAX = 2_000;

/** By knowledge base and title; of one language, or of all. */
export async function listHelpArticles(
  trx: CompanyTransaction,
  language?: string,
): Promise<ListedArticle[]> {
  return select<ListedArticle>(
    trx,
    `select a.id, a.title, a.language, a.labels, a.updated_at as "updatedAt",
       json_build_object('id', k.id, 'name', k.name) as "knowledgeBase"
     from ${shown} where a.published and (?::text is null or a.language = ?)
     order by lower(k.name), k.id, lower(a.title), a.id limit ?`,
    [language ?? null, language ?? null, LISTED_MAX],
  );
}

export interface HelpArticle extends ListedArticle {
  company: string;
  body: string;
  /** How it begins, as plain text; null while it has no passages. */
  beginning: string | null;
  /** The articles that say the same in other languages, as far as everybody may read them. */
  translations: { id: string; language: string }[];
}

/** Null when there is no such article, or not everybody may read it. */
export async function readHelpArticle(
  trx: CompanyTransaction,
  id: string,
): Promise<HelpArticle | null> {
  const rows = await select<HelpArticle>(
    trx,
    `select a.id, a.title, a.language, a.labels, a.body, a.updated_at as "updatedAt",
       json_build_object('id', k.id, 'name', k.name) as "knowledgeBase", c.name as company,
       (select p.text from article_passage p where p.article = a.id and p.text <> ''
        order by p.place limit 1) as beginning,
       coalesce((select json_agg(json_build_object('id', t.id, 'language', t.language)
           order by t.language, t.id)
         from article t join knowledge_base b
           on b.company = t.company and b.id = t.knowledge_base and b.public
         where t.translation_group = a.translation_group and t.published and t.id <> a.id),
         '[]') as translations
     from ${shown} join company c on c.id = a.company
     where a.published and a.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

/** Nobody compares more than a few. */
const RELATED_MAX = 4;

/**
 * Others of its language that everybody may read, and that share its labels or the words of its
 * titles; rare words tell more.
 */
export async function listRelatedArticles(
  trx: CompanyTransaction,
  id: string,
): Promise<{ id: string; title: string }[]> {
  return select<{ id: string; title: string }>(
    trx,
    `with own as (
       select distinct w.dictionary, w.word from passage_word w
       where w.article = ? and w.field in ('A', 'B', 'C')
     ), met as (
       select w.article, w.word, bool_or(w.field in ('A', 'C')) as named
       from own o join passage_word w on w.dictionary = o.dictionary and w.word = o.word
       group by w.article, w.word
     ), rare as (
       select word, 1.0 / count(*) as weight from met group by word
     ), near as (
       select m.article, sum(r.weight * case when m.named then 1 else 0.3 end) as weight
       from met m join rare r on r.word = m.word where m.article <> ? group by m.article
     )
     select a.id, a.title from near n join article a on a.id = n.article
     join knowledge_base k on k.company = a.company and k.id = a.knowledge_base and k.public
     join article of on of.id = ? and of.language = a.language
     where a.published
     order by n.weight + (select count(*) from unnest(a.labels) l where l = any(of.labels)) desc,
       a.title, a.id limit ?`,
    [id, id, id, RELATED_MAX],
  );
}
