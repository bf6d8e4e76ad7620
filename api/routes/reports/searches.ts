import { Type } from '@fastify/type-provider-typebox';

import { reportSearches } from '../../../database/queries/answer-searches.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { periodOf, periodQuery } from '../../report-period.ts';
import { clampLimit, orNull, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Sought = Type.Object({
  words: Type.String({
    description: 'As they were asked last, without mail addresses and long numbers',
  }),
  language: orNull(Type.String()),
  count: Type.Integer(),
  lastAt: Type.String(),
});

const Report = Type.Object({
  from: Type.String(),
  to: Type.String(),
  searches: Type.Integer({ description: 'How many there were' }),
  withoutAnswer: Type.Integer({ description: 'How many of them found nothing' }),
  foundNothing: Type.Array(
    Type.Object({
      ...Sought.properties,
      foundSince: Type.Boolean({ description: 'The same words have found something later' }),
    }),
    { description: 'The most frequent first' },
  ),
  foundSomething: Type.Array(Sought, { description: 'The most frequent first' }),
});

export const reportSearchesRoute: Route = (api, { database }) => {
  api.get(
    '/reports/searches',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reports'],
        summary: 'What customers searched the articles for, and what found nothing',
        querystring: strict({
          ...periodQuery,
          limit: Type.Optional(Type.Integer({ minimum: 1 })),
        }),
        response: { 200: Report, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const period = periodOf(request.query);
      const limit = clampLimit(request.query.limit);
      const report = await database.withCompany(company, (trx) =>
        reportSearches(trx, { ...period, limit }),
      );
      return { ...period, ...report };
    },
  );
};
