import type { Passage } from '../../domain/answers/passage.ts';
import { questionSentences } from '../../domain/answers/question-sentences.ts';
import { rankPassages } from '../../domain/answers/rank-passages.ts';
import type { AskedWord, FoundPassage } from '../../domain/answers/rank-passages.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { dictionaryOf } from './dictionaries.ts';

export interface AnswerRequest {
  /** As somebody wrote it: a word, or a whole mail. */
  question: string;
  /** `public`: of public knowledge bases only. */
  audience: 'public' | 'company';
  /** BCP 47; answers in it come before others that fit as well. */
  language?: string;
  limit: number;
}

/** More passages than this are looked at for none: the best one is among the first few. */
const CANDIDATES_MAX = 40;

/** Of the different words of a question; those of a long mail repeat themselves. */
const WORDS_MAX = 120;

/** The passages that answer a question, best first; of published articles only. */
export async function findPassages(
  trx: CompanyTransaction,
  { question, audience, language, limit }: AnswerRequest,
): Promise<Passage[]> {
  const sentences = questionSentences(question);
  if (sentences.length === 0) return [];
  const asked = await readAskedWords(trx, sentences);
  const found = await readCandidates(trx, asked, audience);
  const preferred = language === undefined ? null : dictionaryOf(language);
  return rankPassages({ asked, found, preferred }).slice(0, limit);
}

/** Every word of the question in every language that the company's articles have. */
async function readAskedWords(
  trx: CompanyTransaction,
  sentences: readonly string[],
): Promise<AskedWord[]> {
  return select<AskedWord>(
    trx,
    `with dictionary as (select distinct dictionary as name from article_passage),
     total as (select dictionary, count(*) as passages from article_passage group by dictionary),
     asked as (
       select d.name as dictionary, unaccent(l.lexeme) as word,
         array_agg(distinct s.place::int order by s.place::int) as sentences
       from unnest(?::text[]) with ordinality s(text, place)
       cross join dictionary d
       cross join lateral unnest(to_tsvector(d.name::regconfig, s.text)) l
       group by 1, 2 order by min(s.place), 2 limit ?
     )
     select a.dictionary, a.word, a.sentences, t.passages,
       (select count(*) from passage_word w
        where w.dictionary = a.dictionary and w.word = a.word) as "foundIn"
     from asked a join total t using (dictionary)`,
    [[...sentences], WORDS_MAX],
  );
}

/** Those that have the rarest of the words. */
async function readCandidates(
  trx: CompanyTransaction,
  asked: readonly AskedWord[],
  audience: AnswerRequest['audience'],
): Promise<FoundPassage[]> {
  const known = asked.filter(({ foundIn }) => foundIn > 0);
  return select<FoundPassage>(
    trx,
    `with asked as (
       select * from unnest(?::text[], ?::text[], ?::real[]) a(dictionary, word, weight)
     ), best as (
       select w.article, w.place, sum(a.weight) as weight,
         json_agg(json_build_object('word', w.word, 'field', w.field, 'times', w.times)) as words
       from asked a join passage_word w on w.dictionary = a.dictionary and w.word = a.word
       where exists (select from article r
         join knowledge_base k on k.company = r.company and k.id = r.knowledge_base
         where r.company = w.company and r.id = w.article and r.published
           and (k.public or ?::boolean))
       group by w.article, w.place order by weight desc, w.article, w.place limit ?
     )
     select p.article, p.place, a.title, p.heading, p.text, a.language, p.dictionary,
       k.public as "isPublic", b.words
     from best b
     join article_passage p on p.article = b.article and p.place = b.place
     join article a on a.company = p.company and a.id = p.article
     join knowledge_base k on k.company = a.company and k.id = a.knowledge_base
     order by b.weight desc, p.article, p.place`,
    [
      known.map(({ dictionary }) => dictionary),
      known.map(({ word }) => word),
      known.map(({ passages, foundIn }) => Math.log(1 + passages / foundIn)),
      audience === 'company',
      CANDIDATES_MAX,
    ],
  );
}
