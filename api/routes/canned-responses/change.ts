import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { CannedResponse, cannedFields } from '../../schemas/canned-response.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { changeCanned } from './write-canned.ts';

export const changeCannedResponseRoute: Route = (api, { database }) => {
  api.patch(
    '/canned-responses/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['canned-responses'],
        summary: 'Change a canned response of the company or of one’s own',
        params: IdParams,
        querystring: Nothing,
        body: strict(cannedFields),
        response: { 200: CannedResponse, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      return database.withCompany(company, (trx) =>
        changeCanned(trx, agent, request.params.id, request.body),
      );
    },
  );
};
