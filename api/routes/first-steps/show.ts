import { endFirstSteps, readFirstSteps } from '../../../database/queries/first-steps.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { FirstSteps } from '../../schemas/first-steps.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** When all are done they are over for good: the tables are asked no more. */
export const showFirstSteps: Route = (api, { database, config }) => {
  api.get(
    '/first-steps',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['company'],
        summary: 'What a new company has done of its first steps',
        querystring: Nothing,
        response: { 200: FirstSteps, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const row = await database.withCompany(company, async (trx) => {
        const steps = found(await readFirstSteps(trx), 'company', company);
        const isDone = steps.mailbox && steps.invited && steps.testMail && steps.form;
        if (!isDone || steps.over) return steps;
        await endFirstSteps(trx, true);
        return { ...steps, over: true };
      });
      const { address, over, ...steps } = row;
      const path = address === null ? null : `/api/v1/contact/${encodeURIComponent(address)}`;
      return { steps, over, address, formUrl: path && `${config.publicUrl}${path}` };
    },
  );
};
