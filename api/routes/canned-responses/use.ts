import { countCannedUse, readCannedResponse } from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { CannedResponse } from '../../schemas/canned-response.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Told when somebody puts it into an answer: what is used is worth its keep. */
export const useCannedResponseRoute: Route = (api, { database }) => {
  api.post(
    '/canned-responses/:id/use',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['canned-responses'],
        summary: 'Count that a canned response was put into an answer',
        params: IdParams,
        querystring: Nothing,
        response: { 200: CannedResponse, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      return database.withCompany(company, async (trx) => {
        found(await readCannedResponse(trx, agent, id), 'canned response', id);
        await countCannedUse(trx, id, agent);
        return found(await readCannedResponse(trx, agent, id), 'canned response', id);
      });
    },
  );
};
