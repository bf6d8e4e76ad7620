import { readAgent } from '../../../database/queries/agents.ts';
import { refused } from '../../../domain/errors.ts';
import { sendAccountLink } from '../../account-links.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Agent } from '../../schemas/settings.ts';

/** Sends an invitation again, with a link that is new: the one before leads nowhere any more. */
export const inviteAgentAgainRoute: Route = (api, { database, config }) => {
  api.post(
    '/agents/:id/invitation',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['agents'],
        summary: 'Send an agent without a password another invitation; earlier ones end',
        params: IdParams,
        querystring: Nothing,
        response: {
          201: Agent,
          ...problems(...signedInCodes, 'not_found', 'not_allowed', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent: madeBy } = whoAsks(request);
      const { id } = request.params;
      const invited = await database.withCompany(company, async (trx) => {
        const { name, email, active, hasPassword } = found(await readAgent(trx, id), 'agent', id);
        if (hasPassword) throw refused('not_allowed', `${name} has a password already.`);
        if (!active) throw refused('not_allowed', `${name} is deactivated; activate them first.`);
        const { fresh } = await once(request).ids(trx, () => ({}));
        if (fresh) {
          await sendAccountLink(trx, config, { kind: 'invitation', agent: id, email, madeBy });
          await audit(trx, request, { kind: 'agent', act: 'invited', subject: id, name });
        }
        return found(await readAgent(trx, id), 'agent', id);
      });
      return reply.code(201).send(invited);
    },
  );
};
