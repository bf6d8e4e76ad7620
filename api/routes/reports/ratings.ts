import { readRatingReport } from '../../../database/queries/rating-report.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { periodOf, periodQuery } from '../../report-period.ts';
import { strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { RatingReport } from '../../schemas/rating.ts';

/** What customers thought of the help, by score, agent and team, with their words. */
export const showRatingReport: Route = (api, { database }) => {
  api.get(
    '/reports/ratings',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reports'],
        summary: 'How customers rated the help in a period; by default in the last 30 days',
        querystring: strict(periodQuery),
        response: { 200: RatingReport, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const period = periodOf(request.query);
      const report = await database.withCompany(company, (trx) => readRatingReport(trx, period));
      return { ...period, ...report };
    },
  );
};
