import { Type } from '@fastify/type-provider-typebox';

import { readAnswerReport } from '../../../database/queries/answer-report.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { AnswerReport } from '../../schemas/answer-report.ts';
import { strict, Time } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { unansweredTopics } from '../../unanswered-topics.ts';

/** How far back a report looks that names no beginning. */
const PERIOD_MS = 30 * 86_400_000;

/** What articles, canned responses and the assistant saved, and what they had no answer to. */
export const showAnswerReport: Route = (api, { database }) => {
  api.get(
    '/reports/answers',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reports'],
        summary: 'What was answered, suggested, used and not found; by default in the last 30 days',
        querystring: strict({ from: Type.Optional(Time), to: Type.Optional(Time) }),
        response: { 200: AnswerReport, ...problems(...signedInCodes) },
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
      return database.withCompany(company, async (trx) => ({
        ...period,
        ...(await readAnswerReport(trx, period)),
        topics: await unansweredTopics(trx, period),
      }));
    },
  );
};
