import { Type } from '@fastify/type-provider-typebox';

import { readAgentName } from '../../../database/queries/agent-mail.ts';
import { updateAgent } from '../../../database/queries/agents.ts';
import { readCredentials } from '../../../database/queries/sign-in.ts';
import { refused } from '../../../domain/errors.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { hashPassword, isPassword } from '../../password.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Password } from '../../schemas/settings.ts';
import { createSignInBrake } from '../../sign-in-brake.ts';

const Body = strict({
  current: Type.String({ minLength: 1, maxLength: 1_000 }),
  password: Password,
});

/** Whoever finds a screen that was left open does not know the password, and cannot change it. */
export const changeOwnPassword: Route = (api, { database }) => {
  const brake = createSignInBrake();
  api.put(
    '/me/password',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['session'],
        summary: 'Change one’s own password; ends all other sessions of the agent',
        querystring: Nothing,
        body: Body,
        response: { 204: Type.Null(), ...problems(...signedInCodes, 'rate_limited') },
      },
    },
    async (request, reply) => {
      const { company, agent, credential } = whoAsks(request);
      const { current, password } = request.body;
      const who = { ip: request.ip, email: `${company} ${agent}` };
      const wait = brake.begin(who, Date.now());
      if (wait !== null) {
        void reply.header('retry-after', wait);
        throw refused('rate_limited', `Too many wrong passwords; try again in ${wait} s.`);
      }
      const known = await database.withCompany(company, (trx) => readCredentials(trx, agent));
      if (!(await isPassword(current, known?.passwordHash ?? null))) {
        throw refused('validation', 'body field "current": this is not your password.');
      }
      brake.succeeded(who);
      const passwordHash = await hashPassword(password);
      await database.withCompany(company, async (trx) => {
        await updateAgent(trx, agent, { passwordHash }, credential);
        const name = await readAgentName(trx, agent);
        await audit(trx, request, { kind: 'agent', act: 'passwordSet', subject: agent, name });
      });
      return reply.code(204).send(null);
    },
  );
};
