import type { CompanyTransaction } from '../database/client.ts';
import { findPassages } from '../database/queries/answer-search.ts';
import { recordSearch } from '../database/queries/answer-searches.ts';
import type { SearchPlace } from '../database/queries/answer-searches.ts';
import { onePerArticle, SHOWN_SCORE } from '../domain/answers/rank-passages.ts';

/** A search of somebody who is not signed in. */
export interface VisitorsSearch {
  asked: string;
  /** undefined: articles in any language. */
  language: string | undefined;
  place: SearchPlace;
  /** Not while somebody types: it is kept for the report. */
  settled: boolean;
  answersMax: number;
  /** More than answers: several passages of one article are one answer. */
  passagesMax: number;
}

/** The best passage of each public article that is worth showing, best first. */
export async function searchAsVisitor(trx: CompanyTransaction, search: VisitorsSearch) {
  const { asked, language, place, settled, answersMax, passagesMax } = search;
  const passages = await findPassages(trx, {
    question: asked,
    audience: 'public',
    ...(language === undefined ? {} : { language }),
    limit: passagesMax,
  });
  const worth = passages.filter(({ score }) => score >= SHOWN_SCORE);
  const answers = onePerArticle(worth).slice(0, answersMax);
  if (settled) {
    const found = answers.length;
    await recordSearch(trx, { asked, place, found, language: language ?? null });
  }
  return answers;
}
