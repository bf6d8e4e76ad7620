import type { Passage } from '../../domain/answers/passage.ts';
import { languageOfText } from '../../domain/answers/asking-words.ts';
import { QUESTION_CHARS_MAX, questionSentences } from '../../domain/answers/question-sentences.ts';
import { rankPassages, rarity } from '../../domain/answers/rank-passages.ts';
import type { AskedWord, FoundPassage } from '../../domain/answers/rank-passages.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { readAskedWords, withSpelling } from './asked-words.ts';
import { dictionaryOf } from './dictionaries.ts';

/** `public`: of public knowledge bases only; `writers`: drafts too. */
type Audience = 'public' | 'company' | 'writers';

export interface AnswerRequest {
  /** As somebody wrote it: a word, or a whole mail. */
  question: string;
  audience: Audience;
  /** BCP 47; answers in it come before others that fit as well. */
  language?: string;
  limit: number;
  /** False: words stand as they are spelt. For benches; by default true. */
  spelling?: boolean;
}

/** Of a short list too: which of the first ones is best is not known before all are weighed. */
const CANDIDATES_MIN = 40;

/** The passages that answer a question, best first; of published articles, but for writers. */
export async function findPassages(
  trx: CompanyTransaction,
  { question, audience, language, limit, spelling = true }: AnswerRequest,
): Promise<Passage[]> {
  const sentences = questionSentences(question);
  if (sentences.length === 0) return [];
  const words = await readAskedWords(trx, sentences);
  const tongue = languageOfText(question.slice(0, QUESTION_CHARS_MAX)) ?? language;
  const spoken = tongue === undefined ? null : dictionaryOf(tongue);
  const asked = spelling ? await withSpelling(trx, words, spoken) : words;
  const found = await readCandidates(trx, asked, audience, limit);
  return rankPassages({ asked, found, spoken }).slice(0, limit);
}

/** Those that have the rarest of the words. */
async function readCandidates(
  trx: CompanyTransaction,
  asked: readonly AskedWord[],
  audience: Audience,
  limit: number,
): Promise<FoundPassage[]> {
  const meant = asked.flatMap((one) =>
    one.as.map(({ word, weight }) => {
      return { dictionary: one.dictionary, asked: one.word, word, weight: weight * rarity(one) };
    }),
  );
  if (meant.length === 0) return [];
  return select<FoundPassage>(trx, CANDIDATES, [
    meant.map(({ dictionary }) => dictionary),
    meant.map(({ asked: word }) => word),
    meant.map(({ word }) => word),
    meant.map(({ weight }) => weight),
    audience === 'writers',
    audience !== 'public',
    Math.max(limit, CANDIDATES_MIN),
  ]);
}

const CANDIDATES = `
  with asked as (
    select * from unnest(?::text[], ?::text[], ?::text[], ?::real[])
      a(dictionary, asked, word, weight)
  ), met as (
    select w.article, w.place, a.asked,
      max(a.weight * case w.field when 'A' then 1 when 'B' then 0.9 when 'C' then 0.7 else 0.6 end)
        as weight
    from asked a join passage_word w on w.dictionary = a.dictionary and w.word = a.word
    group by w.article, w.place, a.asked
  ), best as (
    select m.article, m.place, sum(m.weight) as weight from met m
    where exists (select from article r
      join knowledge_base k on k.company = r.company and k.id = r.knowledge_base
      where r.id = m.article and (r.published or ?::boolean) and (k.public or ?::boolean))
    group by m.article, m.place order by weight desc, m.article, m.place limit ?
  )
  select p.article, p.place, a.title, p.heading, p.text, a.language, p.dictionary,
    k.public as "isPublic",
    (select json_agg(json_build_object('word', w.word, 'field', w.field, 'times', w.times))
     from passage_word w where w.article = p.article and w.place = p.place
       and w.word in (select word from asked)) as words
  from best b
  join article_passage p on p.article = b.article and p.place = b.place
  join article a on a.company = p.company and a.id = p.article
  join knowledge_base k on k.company = a.company and k.id = a.knowledge_base
  order by b.weight desc, p.article, p.place`;
