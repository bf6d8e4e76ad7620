import { Type } from '@fastify/type-provider-typebox';

import { readAgent, updateAgent } from '../../../database/queries/agents.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Whoever is withdrawn can be activated and invited again: nothing of them is deleted. */
export const withdrawInvitationRoute: Route = (api, { database }) => {
  api.delete(
    '/agents/:id/invitation',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['agents'],
        summary: 'Take an invitation back: its link ends, and the agent is deactivated',
        params: IdParams,
        querystring: Nothing,
        response: {
          204: Type.Null(),
          ...problems(...signedInCodes, 'not_found', 'not_allowed'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      await database.withCompany(company, async (trx) => {
        const { name, invitation } = found(await readAgent(trx, id), 'agent', id);
        if (!invitation) throw missing('invitation', id);
        await updateAgent(trx, id, { active: false, deactivatedBy: agent });
        await audit(trx, request, { kind: 'agent', act: 'withdrawn', subject: id, name });
      });
      return reply.code(204).send(null);
    },
  );
};
