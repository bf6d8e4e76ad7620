import { Type } from '@fastify/type-provider-typebox';

import { endFirstSteps } from '../../../database/queries/first-steps.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Body = strict({ over: Type.Boolean() });

export const endFirstStepsRoute: Route = (api, { database }) => {
  api.put(
    '/first-steps',
    {
      config: { auth: 'admin', once: false },
      schema: {
        tags: ['company'],
        summary: 'Put the first steps away, or take them out again',
        querystring: Nothing,
        body: Body,
        response: { 204: Type.Null(), ...problems(...signedInCodes) },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      await database.withCompany(company, (trx) => endFirstSteps(trx, request.body.over));
      return reply.code(204).send(null);
    },
  );
};
