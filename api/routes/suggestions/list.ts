import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import { questionLanguage } from '../../../assistant/question-language.ts';
import type { CompanyTransaction } from '../../../database/client.ts';
import { findPassages } from '../../../database/queries/answer-search.ts';
import { readAnswerOf, readFirstQuestion } from '../../../database/queries/assistant-answers.ts';
import { readDismissed } from '../../../database/queries/suggestions.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import type { Passage } from '../../../domain/answers/passage.ts';
import { onePerArticle } from '../../../domain/answers/rank-passages.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, orNull, TicketParams } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Beside the assistant's; more than these nobody reads before answering. */
const ARTICLES_MAX = 3;

/** Several passages of one article are one suggestion. */
const PASSAGES_MAX = 12;

/** Below this an article only has a word or two of the question. */
const SCORE_MIN = 0.3;

const Source = Type.Object({
  article: Type.String(),
  title: Type.String(),
  quote: Type.String(),
  url: orNull(Type.String()),
});

const Suggestion = Type.Object({
  id: Type.String({ description: 'What used or dismissed names' }),
  kind: oneOf(['assistant', 'article']),
  article: orNull(Type.String({ description: 'null for the words of the assistant' })),
  title: Type.String(),
  url: orNull(Type.String({ description: 'Where customers read it; null when they cannot' })),
  text: Type.String({ description: 'Plain text' }),
  sources: Type.Array(Source),
  score: Type.Number({ description: '0 to 1: how sure it is that this answers the question' }),
});
type Suggestion = Static<typeof Suggestion>;

/** What the assistant found, and articles that fit; what was dismissed on it stays away. */
export const listSuggestionsRoute: Route = (api, { database, config }) => {
  api.get(
    '/tickets/:number/suggestions',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Answers to the first question of a ticket, internal articles too, best first',
        params: TicketParams,
        querystring: Nothing,
        response: {
          200: Type.Object({ items: Type.Array(Suggestion) }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { number } = request.params;
      const help = `${config.publicUrl}/help/${encodeURIComponent(company)}/`;
      const urlOf = (article: string) => `${help}${encodeURIComponent(article)}`;
      return database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, number))) throw noSuchTicket(number);
        const dismissed = await readDismissed(trx, number);
        const found = await assistants(trx, number, urlOf);
        const own = found.filter(({ id }) => !dismissed.has(id));
        // What the assistant says word for word need not be said again.
        const said = new Set(own.flatMap(({ sources }) => sources.map(({ article }) => article)));
        const articles = await matching(trx, number, urlOf);
        const others = articles.filter(({ id }) => !dismissed.has(id) && !said.has(id));
        return { items: [...own, ...others.slice(0, ARTICLES_MAX)] };
      });
    },
  );
};

/** The assistant quotes public articles only. */
async function assistants(
  trx: CompanyTransaction,
  ticket: number,
  urlOf: (article: string) => string,
): Promise<Suggestion[]> {
  const answer = await readAnswerOf(trx, ticket);
  if (!answer) return [];
  const { id, text, confidence: score } = answer;
  const sources = answer.sources.map(({ article, title, quote }) => {
    return { article, title, quote, url: urlOf(article) };
  });
  const [first] = sources;
  const { title = '', url = null } = first ?? {};
  return [{ id, kind: 'assistant', article: null, title, url, text, sources, score }];
}

async function matching(
  trx: CompanyTransaction,
  ticket: number,
  urlOf: (article: string) => string,
): Promise<Suggestion[]> {
  const question = await readFirstQuestion(trx, ticket);
  if (!question) return [];
  const asked = `${question.subject}\n\n${question.text}`;
  const language = questionLanguage(asked);
  const passages = await findPassages(trx, {
    question: asked,
    audience: 'company',
    ...(language === null ? {} : { language }),
    limit: PASSAGES_MAX,
  });
  return onePerArticle(passages)
    .filter(({ score }) => score >= SCORE_MIN)
    .map((passage) => suggestionOf(passage, passage.isPublic ? urlOf(passage.article) : null));
}

function suggestionOf({ article, title, text, score }: Passage, url: string | null): Suggestion {
  const sources = [{ article, title, quote: text, url }];
  return { id: article, kind: 'article', article, title, url, text, sources, score };
}
