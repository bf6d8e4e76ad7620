import { readRatingReport } from '../../../database/queries/rating-report.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Time, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { RatingReport } from '../../schemas/rating.ts';
import { Type } from '@fastify/type-provider-typebox';

/** How far back a report looks that names no beginning. */
const PERIOD_MS = 30 * 86_400_000;

/** What customers thought of the help, by score, agent and team, with their words. */
export const showRatingReport: Route = (api, { database }) => {
  api.get(
    '/reports/ratings',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reports'],
        summary: 'How customers rated the help in a period; by default in the last 30 days',
        querystring: strict({ from: Type.Optional(Time), to: Type.Optional(Time) }),
        response: { 200: RatingReport, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const to = new Date(request.query.to ?? Date.now());
      const from = new Date(request.query.from ?? to.getTime() - PERIOD_MS);
      if (from >= to) {
        throw refused('validation', `"from" (${from.toISOString()}) must be before "to".`);
      }
      const period = { from: from.toISOString(), to: to.toISOString() };
      const report = await database.withCompany(company, (trx) => readRatingReport(trx, period));
      return { ...period, ...report };
    },
  );
};
