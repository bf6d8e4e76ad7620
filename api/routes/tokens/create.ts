import { Type } from '@fastify/type-provider-typebox';

import {
  credentialFrom,
  hashCredential,
  newCredential,
} from '../../../database/credential-hash.ts';
import { newId } from '../../../database/new-id.ts';
import { readAgent } from '../../../database/queries/agents.ts';
import { insertToken, readToken } from '../../../database/queries/tokens.ts';
import type { OnceKey } from '../../../database/queries/idempotency.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Id, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, NewToken } from '../../schemas/settings.ts';

const Body = strict({ name: Name, agent: Type.Optional(Id) });

/** The only answer that holds the secret: of it we keep the hash. */
export const createTokenRoute: Route = (api, { database, config }) => {
  api.post(
    '/tokens',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['tokens'],
        summary: 'Make an API token for an agent, by default for oneself; the secret shows once',
        querystring: Nothing,
        body: Body,
        response: {
          201: NewToken,
          ...problems(...signedInCodes, 'not_found', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { name, agent: holder = agent } = request.body;
      const { onceKey } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ token: newId() }));
        const id = ids.id('token');
        const secret = onceKey === null ? newCredential() : repeatable(config.secret, id, onceKey);
        if (ids.fresh) {
          const holderRow = found(await readAgent(trx, holder), 'agent', holder);
          const hash = hashCredential(secret);
          await insertToken(trx, { id, name: name.trim(), agent: holder, hash });
          const changes = [{ field: 'agent', from: null, to: holderRow.name }];
          const facts = { kind: 'token', act: 'made', subject: id, name: name.trim() } as const;
          await audit(trx, request, { ...facts, changes });
        }
        return { ...found(await readToken(trx, id), 'token', id), token: secret };
      });
      // An answer that is kept under a key would keep the secret with it.
      request.onceKey = null;
      return reply.code(201).send(made);
    },
  );
};

/** The same secret for the same call, which nobody without ours can make. */
function repeatable(secret: string, token: string, { company, agent, key }: OnceKey): string {
  return credentialFrom(secret, JSON.stringify(['token', company, agent, key, token]));
}
