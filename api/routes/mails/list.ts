import { Type } from '@fastify/type-provider-typebox';

import { listMails } from '../../../database/queries/ledger.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { Mail, mailOutcomes } from '../../schemas/mail.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SearchText } from '../../schemas/settings.ts';

const Query = strict({
  ...pageQuery,
  outcome: Type.Optional(oneOf(mailOutcomes)),
  q: Type.Optional(SearchText),
});

export const listMailsRoute: Route = (api, { database }) => {
  api.get(
    '/mails',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mails'],
        summary: 'The ledger: every mail that came in and what became of it, newest first',
        querystring: Query,
        response: { 200: page(Mail), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { limit, cursor, ...filter } = request.query;
      const asked = { ...filter, limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, (trx) => listMails(trx, asked));
    },
  );
};
