import { readAnswerReport } from '../../../database/queries/answer-report.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { periodOf, periodQuery } from '../../report-period.ts';
import { AnswerReport } from '../../schemas/answer-report.ts';
import { strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { unansweredTopics } from '../../unanswered-topics.ts';

/** What articles, canned responses and the assistant saved, and what they had no answer to. */
export const showAnswerReport: Route = (api, { database }) => {
  api.get(
    '/reports/answers',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reports'],
        summary: 'What was answered, suggested, used and not found; by default in the last 30 days',
        querystring: strict(periodQuery),
        response: { 200: AnswerReport, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const period = periodOf(request.query);
      const report = await database.withCompany(company, (trx) => readAnswerReport(trx, period));
      const topics = await unansweredTopics(database, company, period);
      return { ...period, ...report, topics };
    },
  );
};
