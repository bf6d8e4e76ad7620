import { Type } from '@fastify/type-provider-typebox';

import { onePerArticle, SHOWN_SCORE } from '../../../domain/answers/rank-passages.ts';
import { findPassages } from '../../../database/queries/answer-search.ts';
import type { Route } from '../../deps.ts';
import { ASKS } from '../../help-limits.ts';
import { Id, strict } from '../../schemas/basics.ts';
import { FoundAnswer } from '../../schemas/help.ts';
import { problems } from '../../schemas/problem.ts';
import { Language, SearchText } from '../../schemas/settings.ts';

/** More of them is reading, not finding. */
const ANSWERS_MAX = 20;

/** Several passages of one article are one answer. */
const PASSAGES_MAX = 60;

/** Published articles of public knowledge bases that answer a question in plain words. */
export const searchHelpRoute: Route = (api, { database }) => {
  api.get(
    '/help/:company/search',
    {
      config: { auth: 'public', rateLimit: ASKS },
      schema: {
        tags: ['public'],
        summary: 'Search the public articles of a company',
        params: Type.Object({ company: Id }),
        querystring: strict({
          q: SearchText,
          language: Type.Optional(Language),
        }),
        response: {
          200: Type.Object({ items: Type.Array(FoundAnswer, { description: 'Best first' }) }),
          ...problems('not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { company } = request.params;
      const { q, language } = request.query;
      const passages = await database.withCompany(company, (trx) =>
        findPassages(trx, {
          question: q,
          audience: 'public',
          ...(language === undefined ? {} : { language }),
          limit: PASSAGES_MAX,
        }),
      );
      const worth = passages.filter(({ score }) => score >= SHOWN_SCORE);
      const items = onePerArticle(worth)
        .slice(0, ANSWERS_MAX)
        .map(({ article, text, ...found }) => ({ ...found, id: article, passage: text }));
      return { items };
    },
  );
};
