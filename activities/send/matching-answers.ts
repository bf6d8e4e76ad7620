import { limitStatements } from '../../database/client.ts';
import { findPassages } from '../../database/queries/answer-search.ts';
import { readFirstQuestion } from '../../database/queries/assistant-answers.ts';
import { onePerArticle, SURE_SCORE } from '../../domain/answers/rank-passages.ts';
import type { AnswerLink } from '../../mail/render/acknowledgement.ts';
import { snippetOf } from '../../mail/parse.ts';
import type { SendInput } from '../../workflows/messages.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';

/** More is a list that nobody reads in a mail that says "we have yours". */
const ANSWERS_MAX = 3;

/** Several passages of one article are one answer. */
const PASSAGES_MAX = 20;

/** Of each statement: an acknowledgement that comes is worth more than one with answers. */
const STATEMENT_MS = 1_500;

/**
 * Public articles that answer a ticket's first mail; none where it is not sure, takes long or
 * fails. The first attempt to send looks, and what it rendered stays (durability.md, 14).
 */
export async function matchingAnswers(
  { database, publicUrl, logger }: PrepareDependencies,
  { company, number }: SendInput,
): Promise<AnswerLink[]> {
  try {
    const passages = await database.withCompany(company, async (trx) => {
      await limitStatements(trx, STATEMENT_MS);
      const first = await readFirstQuestion(trx, number);
      if (!first) return [];
      const question = `${first.subject}\n\n${first.text}`;
      return findPassages(trx, { question, audience: 'public', limit: PASSAGES_MAX });
    });
    const help = `${publicUrl}/help/${encodeURIComponent(company)}`;
    const sure = onePerArticle(passages.filter(({ score }) => score >= SURE_SCORE));
    return sure.slice(0, ANSWERS_MAX).map(({ article, title, text }) => {
      return { title, excerpt: snippetOf(text), url: `${help}/${encodeURIComponent(article)}` };
    });
  } catch (error) {
    logger.error({ err: error, company, ticket: number }, 'no answers for an acknowledgement');
    return [];
  }
}
