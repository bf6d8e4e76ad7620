import { readMail } from '../../../database/queries/ledger.ts';
import { acceptParked } from '../../../intake/parked.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { Mail } from '../../schemas/mail.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const acceptMailRoute: Route = (api, { database, intake }) => {
  api.post(
    '/mails/:id/accept',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mails'],
        summary: 'Make a new ticket of a parked mail',
        params: IdParams,
        querystring: Nothing,
        body: Nothing,
        response: { 200: Mail, ...problems(...signedInCodes, 'not_found', 'not_allowed') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      await acceptParked(intake, company, id);
      const mail = await database.withCompany(company, (trx) => readMail(trx, id));
      return found(mail, 'mail', id);
    },
  );
};
