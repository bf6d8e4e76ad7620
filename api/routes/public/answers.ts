import { Type } from '@fastify/type-provider-typebox';

import type { Route } from '../../deps.ts';
import { helpAddress } from '../../help-address.ts';
import { strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Language, Settled } from '../../schemas/settings.ts';
import { visitedMailbox } from '../../visitors.ts';
import { searchAsVisitor } from '../../visitors-search.ts';

/** Contract: somebody types, and every letter asks. */
const ASKED_MAX = 30;
const WINDOW = '1 second';

/** A pasted mail; more does not fit into an address anyway. */
const QUESTION_CHARS_MAX = 6_000;

/** People look at the first three. */
const ANSWERS_MAX = 5;

/** Several passages of one article are one answer. */
const PASSAGES_MAX = 20;

const Answers = Type.Object({
  items: Type.Array(
    Type.Object({
      article: Type.String(),
      title: Type.String(),
      url: Type.String({ description: 'Where everybody reads it' }),
      passage: Type.String({ description: 'The part that answers, as plain text' }),
      score: Type.Number({ description: '0 to 1: how sure it is that this answers the question' }),
    }),
    { description: 'Best first' },
  ),
});

/** Published articles of public knowledge bases, for whoever is about to write to a mailbox. */
export const findAnswersRoute: Route = (api, { database, config }) => {
  api.get(
    '/public/:mailbox/answers',
    {
      config: { auth: 'public', rateLimit: { max: ASKED_MAX, timeWindow: WINDOW } },
      schema: {
        tags: ['public'],
        summary: 'Public articles that answer a question in plain words',
        params: Type.Object({ mailbox: Type.String({ minLength: 1, maxLength: 320 }) }),
        querystring: strict({
          q: Type.String({ maxLength: QUESTION_CHARS_MAX }),
          language: Type.Optional(Language),
          settled: Type.Optional(Settled),
        }),
        response: { 200: Answers, ...problems('not_found', 'rate_limited') },
      },
    },
    async (request) => {
      const { mailbox } = request.params;
      const { q, language, settled = false } = request.query;
      const { company } = await visitedMailbox(database, mailbox);
      const items = await database.withCompany(company, (trx) =>
        searchAsVisitor(trx, {
          ...{ asked: q, language, settled, place: 'module' },
          ...{ answersMax: ANSWERS_MAX, passagesMax: PASSAGES_MAX },
        }),
      );
      return {
        items: items.map(({ article, title, text, score }) => {
          return {
            article,
            title,
            url: helpAddress(config.publicUrl, company, article),
            passage: text,
            score,
          };
        }),
      };
    },
  );
};
