import type { AskedWord } from '../../domain/answers/rank-passages.ts';
import { likeness, partsOf } from '../../domain/answers/spelling.ts';
import { synonyms } from '../../domain/answers/synonyms.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** Of the different words of a question in one language; those of a long mail repeat themselves. */
const WORDS_MAX = 120;

/** A long mail has that many words that no article has; most of them are no slips. */
const MISSPELT_MAX = 16;

/** Less alike, and two letters that changed places are not found; more, and all is. */
const SIMILARITY_MIN = 0.2;

/** For a word that means the same. */
const SYNONYM_WEIGHT = 0.75;

/** Every word of the question in every language that the company's articles have. */
export async function readAskedWords(
  trx: CompanyTransaction,
  sentences: readonly string[],
): Promise<AskedWord[]> {
  const rows = await select<AskedRow>(trx, READ_ASKED, [
    [...sentences],
    WORDS_MAX,
    synonyms.map(({ dictionary }) => dictionary),
    synonyms.map(({ words }) => words.join(' ')),
  ]);
  return rows.map(({ means, ...word }) => {
    const others = (means ?? []).filter((other) => other !== word.word);
    const same = word.foundIn > 0 ? [{ word: word.word, weight: 1 }] : [];
    return {
      ...word,
      as: [...same, ...others.map((other) => ({ word: other, weight: SYNONYM_WEIGHT }))],
    };
  });
}

type AskedRow = Omit<AskedWord, 'as'> & { means: string[] | null };

const READ_ASKED = `
  with dictionary as (
    select p.dictionary as name, count(distinct p.article) as articles
    from article_passage p group by p.dictionary
  ), asked as (
    select d.name as dictionary, d.articles, unaccent(l.lexeme) as word,
      array_agg(distinct s.place::int order by s.place::int) as sentences
    from unnest(?::text[]) with ordinality s(text, place)
    cross join dictionary d
    cross join lateral unnest(to_tsvector(d.name::regconfig, s.text)) l
    group by 1, 2, 3 order by min(s.place), 3 limit ?
  ), meaning as (
    select m.dictionary, m.place, unaccent(l.lexeme) as word
    from unnest(?::text[], ?::text[]) with ordinality m(dictionary, words, place)
    cross join lateral unnest(to_tsvector(m.dictionary::regconfig, m.words)) l
  )
  select a.dictionary, a.word, a.sentences, a.articles,
    (select count(distinct w.article) from passage_word w
     where w.dictionary = a.dictionary and w.word = a.word) as "foundIn",
    (select array_agg(distinct other.word) from meaning own
     join meaning other on other.dictionary = own.dictionary and other.place = own.place
     where own.dictionary = a.dictionary and own.word = a.word) as means
  from asked a`;

/** The words that no article has, as those they are likely meant as; in the language `spoken`. */
export async function withSpelling(
  trx: CompanyTransaction,
  asked: readonly AskedWord[],
  spoken: string | null,
): Promise<AskedWord[]> {
  const isSpoken = asked.some(({ dictionary }) => dictionary === spoken);
  const own = isSpoken ? asked.filter(({ dictionary }) => dictionary === spoken) : asked;
  const unknown = own.filter(({ as, word }) => as.length === 0 && word.length > 2);
  const misspelt = unknown.slice(0, MISSPELT_MAX);
  if (misspelt.length === 0) return [...asked];
  const parts = misspelt.flatMap((one) => partsOf(one.word).map((part) => ({ ...one, part })));
  const rows = await select<{ dictionary: string; asked: string; word: string }>(trx, SPELT, [
    misspelt.map(({ dictionary }) => dictionary),
    misspelt.map(({ word }) => word),
    SIMILARITY_MIN,
    parts.map(({ dictionary }) => dictionary),
    parts.map(({ word }) => word),
    parts.map(({ part }) => part),
  ]);
  return asked.map((one) => {
    if (!misspelt.includes(one)) return one;
    const meant = rows
      .filter(({ dictionary, asked: word }) => dictionary === one.dictionary && word === one.word)
      .map(({ word }) => ({ word, weight: likeness(one.word, word) }))
      .filter(({ weight }) => weight > 0);
    return { ...one, as: meant };
  });
}

/** Words that begin with the same letter, as they do in nearly every slip: the index has them. */
const SPELT = `
  select distinct a.dictionary, a.word as asked, w.word
  from unnest(?::text[], ?::text[]) a(dictionary, word)
  join article_word w on w.dictionary = a.dictionary
    and w.word >= left(a.word, 1) collate "C"
    and w.word < (left(a.word, 1) || chr(1114111)) collate "C"
  where (starts_with(w.word, a.word)
    or abs(length(w.word) - length(a.word)) <= 2 and similarity(w.word, a.word) >= ?)
  union
  select a.dictionary, a.word, w.word
  from unnest(?::text[], ?::text[], ?::text[]) a(dictionary, word, part)
  join article_word w on w.dictionary = a.dictionary and w.word = a.part`;
