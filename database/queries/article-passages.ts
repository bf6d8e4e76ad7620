import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { splitArticle } from '../split-article.ts';
import { dictionaryOf } from './dictionaries.ts';

/** Counts up when splitting or the writing of words changes, so that all is made anew. */
const SPLIT_VERSION = 2;

interface SplitArticle {
  id: string;
  body: string;
  language: string;
}

/** What a search finds the article by, made anew from how it stands now. */
export async function rebuildPassages(trx: CompanyTransaction, id: string): Promise<void> {
  const [article] = await select<SplitArticle>(
    trx,
    'select id, body, language from article where id = ? for update',
    [id],
  );
  if (article) await writePassages(trx, article);
}

/** Makes those that an older version, or none, has made; and forgets words of no article. */
export async function fillPassages(trx: CompanyTransaction): Promise<void> {
  const stale = await select<SplitArticle>(
    trx,
    `select id, body, language from article
     where split_version < ? or split_at is distinct from updated_at
     order by id for update`,
    [SPLIT_VERSION],
  );
  for (const article of stale) await writePassages(trx, article);
  await select(
    trx,
    `delete from article_word v where not exists (
       select from passage_word w where w.dictionary = v.dictionary and w.word = v.word)`,
  );
}

async function writePassages(
  trx: CompanyTransaction,
  { id, body, language }: SplitArticle,
): Promise<void> {
  const { company } = trx;
  const sections = splitArticle(body);
  await select(trx, 'delete from article_passage where article = ?', [id]);
  await select(
    trx,
    `insert into article_passage (company, article, place, heading, text, dictionary)
     select ?, ?, s.place, s.heading, s.text, ?
     from unnest(?::text[], ?::text[]) with ordinality s(heading, text, place)`,
    [
      company,
      id,
      dictionaryOf(language),
      sections.map(({ heading }) => heading),
      sections.map(({ text }) => text),
    ],
  );
  // What looks like a tag is text; full text would skip it, and what stands in a script.
  await select(
    trx,
    `insert into passage_word (company, dictionary, word, article, place, field, times)
     select p.company, p.dictionary, unaccent(l.lexeme), p.article, p.place,
       min(w.weight), count(*) filter (where w.weight = 'D')
     from article_passage p
     join article a on a.company = p.company and a.id = p.article
     cross join lateral unnest(
       setweight(to_tsvector(p.dictionary::regconfig, translate(a.title, '<>', '  ')), 'A')
       || setweight(to_tsvector(p.dictionary::regconfig, translate(p.heading, '<>', '  ')), 'B')
       || setweight(to_tsvector(p.dictionary::regconfig, array_to_string(a.labels, ' ')), 'C')
       || setweight(to_tsvector(p.dictionary::regconfig, translate(p.text, '<>', '  ')), 'D')) l
     cross join lateral unnest(l.weights) w(weight)
     where p.article = ?
     group by p.company, p.dictionary, unaccent(l.lexeme), p.article, p.place`,
    [id],
  );
  // In the order of the words: two articles that are saved at once never wait crosswise.
  await select(
    trx,
    `insert into article_word (company, dictionary, word)
     select company, dictionary, word from passage_word where article = ?
     group by company, dictionary, word order by dictionary, word
     on conflict do nothing`,
    [id],
  );
  await select(trx, 'update article set split_version = ?, split_at = updated_at where id = ?', [
    SPLIT_VERSION,
    id,
  ]);
}
