import { readMail } from '../../../database/queries/ledger.ts';
import { splitMail } from '../../../intake/split-mail.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { Mail } from '../../schemas/mail.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const splitMailRoute: Route = (api, { database, intake }) => {
  api.post(
    '/mails/:id/split',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mails'],
        summary: 'Make a ticket of its own of a mail of somebody else than the customer; once',
        params: IdParams,
        querystring: Nothing,
        body: Nothing,
        response: { 200: Mail, ...problems(...signedInCodes, 'not_found', 'not_allowed') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      await splitMail(intake, company, id);
      const mail = await database.withCompany(company, (trx) => readMail(trx, id));
      return found(mail, 'mail', id);
    },
  );
};
