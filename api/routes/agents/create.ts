import { Type } from '@fastify/type-provider-typebox';

import { newId } from '../../../database/new-id.ts';
import { insertAgent, readAgent } from '../../../database/queries/agents.ts';
import { sendAccountLink } from '../../account-links.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { hashPassword } from '../../password.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Id, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Address, Agent, Name, Password, Role, TEAMS_MAX } from '../../schemas/settings.ts';
import { readAgentAddress } from './address.ts';

const Body = strict({
  name: Name,
  email: Address,
  role: Role,
  teams: Type.Array(Id, { maxItems: TEAMS_MAX }),
  password: Type.Optional(Password),
});

/** Without a password the agent is invited by a mail with a link to choose one. */
export const createAgentRoute: Route = (api, { database, config }) => {
  api.post(
    '/agents',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['agents'],
        summary: 'Add an agent to the company; without a password an invitation is sent',
        querystring: Nothing,
        body: Body,
        response: {
          201: Agent,
          ...problems(...signedInCodes, 'not_found', 'already_exists', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { name, role, teams, password } = request.body;
      const email = readAgentAddress(request.body.email);
      const passwordHash = password === undefined ? null : await hashPassword(password);
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ agent: newId() }));
        const id = ids.id('agent');
        if (ids.fresh) {
          await insertAgent(trx, { id, name: name.trim(), email, role, teams, passwordHash });
          const act = passwordHash === null ? 'invited' : 'made';
          await audit(trx, request, { kind: 'agent', act, subject: id, name: name.trim() });
          if (passwordHash === null) {
            const link = { kind: 'invitation', agent: id, email, madeBy: agent } as const;
            await sendAccountLink(trx, config, link);
          }
        }
        return found(await readAgent(trx, id), 'agent', id);
      });
      return reply.code(201).send(made);
    },
  );
};
