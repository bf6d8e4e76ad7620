import { searchedWords } from '../../domain/answers/searched-words.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { newId } from '../new-id.ts';

/** Where people search the articles of a company. */
export type SearchPlace = 'help' | 'module';

export interface Search {
  /** As somebody wrote it; mail addresses and long numbers go before it is kept, names stay. */
  asked: string;
  place: SearchPlace;
  /** BCP 47; null when nobody knows. */
  language: string | null;
  /** How many articles were found. */
  found: number;
}

/** No company's customers search as much in a day: what comes above it is a machine's. */
const KEPT_PER_DAY_MAX = 5_000;

/** Keeps what somebody searched for, once they have settled on it. */
export async function recordSearch(trx: CompanyTransaction, search: Search): Promise<void> {
  const kept = searchedWords(search.asked);
  if (kept === null) return;
  const { place, language, found } = search;
  await select(
    trx,
    `insert into answer_search (company, id, words, normalised, place, language, found)
     select ?, ?, ?, ?, ?, ?::text, ?::integer where (select count(*) from (
       select from answer_search where company = ? and at > now() - interval '1 day' limit ?
     ) kept) < ?`,
    [
      ...[trx.company, newId(), kept.words, kept.normalised, place, language, found],
      ...[trx.company, KEPT_PER_DAY_MAX, KEPT_PER_DAY_MAX],
    ],
  );
}

export async function forgetOldSearches(trx: CompanyTransaction, days: number): Promise<void> {
  await select(trx, 'delete from answer_search where at < now() - make_interval(days => ?)', [
    days,
  ]);
}

/** Searches for the same words. */
export interface SoughtWords {
  /** As they were asked last. */
  words: string;
  language: string | null;
  count: number;
  lastAt: string;
}

interface MissedWords extends SoughtWords {
  /** The same words have found something later. */
  foundSince: boolean;
}

interface Totals {
  searches: number;
  /** How many of them found nothing. */
  withoutAnswer: number;
}

/** The most frequent words first. */
export interface SearchReport extends Totals {
  foundNothing: MissedWords[];
  foundSomething: SoughtWords[];
}

/** What people searched for between two times (ISO 8601, the later one not included). */
export async function reportSearches(
  trx: CompanyTransaction,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<SearchReport> {
  const [total] = await select<Totals>(trx, TOTAL, [from, to]);
  const foundNothing = await select<MissedWords>(trx, NOTHING, [from, to, limit]);
  const foundSomething = await select<SoughtWords>(trx, SOMETHING, [from, to, limit]);
  return { ...(total ?? { searches: 0, withoutAnswer: 0 }), foundNothing, foundSomething };
}

const TOTAL = `select count(*) as searches, count(*) filter (where found = 0) as "withoutAnswer"
  from answer_search where at >= ? and at < ?`;

const NOTHING = `
  select (array_agg(words order by at desc) filter (where found = 0))[1] as words,
    (array_agg(language order by at desc) filter (where found = 0))[1] as language,
    count(*) filter (where found = 0) as count,
    max(at) filter (where found = 0) as "lastAt",
    coalesce(max(at) filter (where found > 0) > max(at) filter (where found = 0), false)
      as "foundSince"
  from answer_search where at >= ? and at < ?
  group by normalised having bool_or(found = 0)
  order by count(*) filter (where found = 0) desc, max(at) desc, normalised limit ?`;

const SOMETHING = `
  select (array_agg(words order by at desc))[1] as words,
    (array_agg(language order by at desc))[1] as language, count(*) as count, max(at) as "lastAt"
  from answer_search where at >= ? and at < ? and found > 0
  group by normalised order by count(*) desc, max(at) desc, normalised limit ?`;
