import { Type } from '@fastify/type-provider-typebox';

import { readHelpSite } from '../../../database/queries/help-pages.ts';
import type { Route } from '../../deps.ts';
import { ASKS } from '../../help-limits.ts';
import { noHelpSite } from '../../missing.ts';
import { Id, strict } from '../../schemas/basics.ts';
import { FoundAnswer } from '../../schemas/help.ts';
import { problems } from '../../schemas/problem.ts';
import { Language, SearchText, Settled } from '../../schemas/settings.ts';
import { searchAsVisitor } from '../../visitors-search.ts';

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
          settled: Type.Optional(Settled),
        }),
        response: {
          200: Type.Object({ items: Type.Array(FoundAnswer, { description: 'Best first' }) }),
          ...problems('not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { company } = request.params;
      const { q, language, settled = false } = request.query;
      return database.withCompany(company, async (trx) => {
        if ((await readHelpSite(trx)) === null) throw noHelpSite();
        const answers = await searchAsVisitor(trx, {
          ...{ asked: q, language, settled, place: 'help' },
          ...{ answersMax: ANSWERS_MAX, passagesMax: PASSAGES_MAX },
        });
        const items = answers.map(({ article, text, ...found }) => {
          return { ...found, id: article, passage: text };
        });
        return { items };
      });
    },
  );
};
