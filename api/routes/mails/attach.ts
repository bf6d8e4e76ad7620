import { readMail } from '../../../database/queries/ledger.ts';
import { attachParked } from '../../../intake/parked.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict, TicketNumber } from '../../schemas/basics.ts';
import { Mail } from '../../schemas/mail.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const attachMailRoute: Route = (api, { database, intake }) => {
  api.post(
    '/mails/:id/attach',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mails'],
        summary: 'Add a parked mail to a ticket',
        params: IdParams,
        querystring: Nothing,
        body: strict({ ticket: TicketNumber }),
        response: { 200: Mail, ...problems(...signedInCodes, 'not_found', 'not_allowed') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      await attachParked(intake, company, id, request.body.ticket);
      const mail = await database.withCompany(company, (trx) => readMail(trx, id));
      return found(mail, 'mail', id);
    },
  );
};
