import { Type } from '@fastify/type-provider-typebox';

import {
  readCannedResponse,
  updateCannedResponse,
} from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { CannedResponse, LongText, Name } from '../../schemas/settings.ts';

const Body = strict({
  title: Type.Optional(Name),
  body: Type.Optional(LongText),
  personal: Type.Optional(Type.Boolean()),
});

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
        body: Body,
        response: { 200: CannedResponse, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        found(await readCannedResponse(trx, agent, id), 'canned response', id);
        const { personal, ...words } = body;
        const owner = personal === undefined ? {} : { agent: personal ? agent : null };
        await updateCannedResponse(trx, id, { ...words, ...owner });
        return found(await readCannedResponse(trx, agent, id), 'canned response', id);
      });
    },
  );
};
