import { Type } from '@fastify/type-provider-typebox';

import { hashCredential, newCredential } from '../../../database/credential-hash.ts';
import { newId } from '../../../database/new-id.ts';
import { readAgent } from '../../../database/queries/agents.ts';
import { insertToken, readToken } from '../../../database/queries/tokens.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Id, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, NewToken } from '../../schemas/settings.ts';

const Body = strict({ name: Name, agent: Type.Optional(Id) });

/** The only answer that holds the secret: of it we keep the hash. */
export const createTokenRoute: Route = (api, { database }) => {
  api.post(
    '/tokens',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['tokens'],
        summary: 'Make an API token for an agent, by default for oneself; the secret shows once',
        querystring: Nothing,
        body: Body,
        response: { 201: NewToken, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { name, agent: holder = agent } = request.body;
      // An answer that is kept under a key would keep the secret with it.
      request.onceKey = null;
      const secret = newCredential();
      const id = newId();
      const made = await database.withCompany(company, async (trx) => {
        found(await readAgent(trx, holder), 'agent', holder);
        const hash = hashCredential(secret);
        await insertToken(trx, { id, name: name.trim(), agent: holder, hash });
        return found(await readToken(trx, id), 'token', id);
      });
      return reply.code(201).send({ ...made, token: secret });
    },
  );
};
