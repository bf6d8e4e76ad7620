import { setTimeout as wait } from 'node:timers/promises';

import { Type } from '@fastify/type-provider-typebox';

import { readAgent } from '../../../database/queries/agents.ts';
import { insertAudit } from '../../../database/queries/audit.ts';
import { findAgentByEmail } from '../../../database/queries/sign-in.ts';
import { refused } from '../../../domain/errors.ts';
import { sendAccountLink } from '../../account-links.ts';
import type { ApiDeps, Route } from '../../deps.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Counter } from '../../sign-in-brake.ts';

/** People press twice; more than that an hour fills somebody's mailbox. */
const OF_ADDRESS_MAX = 5;
const WINDOW_MS = 3_600_000;

/** From one place, for all addresses. */
const RATE = { max: 20, timeWindow: '10 minutes' };

/** Longer than the work takes: how long an answer takes tells nobody who has an account. */
const ANSWER_MS = 250;

/** Answers alike for every address: who has an account is nobody's business. */
export const forgotPasswordRoute: Route = (api, deps) => {
  const asked = new Counter(OF_ADDRESS_MAX, WINDOW_MS);
  api.post(
    '/password-resets',
    {
      config: { auth: 'public', once: false, rateLimit: RATE },
      schema: {
        tags: ['session'],
        summary: 'Have a link for a new password sent to an agent; answers alike for any address',
        querystring: Nothing,
        body: strict({ email: Type.String({ minLength: 1, maxLength: 320 }) }),
        response: { 202: Type.Object({}), ...problems('rate_limited') },
      },
    },
    async (request, reply) => {
      const email = request.body.email.trim().toLowerCase();
      const waitMs = asked.waitMs(email, Date.now());
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1_000);
        void reply.header('retry-after', seconds);
        throw refused('rate_limited', `Too many links for this address; wait ${seconds} s.`);
      }
      asked.add(email, Date.now());
      await Promise.all([sendLink(deps, email), wait(ANSWER_MS)]);
      return reply.code(202).send({});
    },
  );
};

async function sendLink({ database, config }: ApiDeps, email: string): Promise<void> {
  const found = await findAgentByEmail(database, email);
  if (!found) return;
  await database.withCompany(found.company, async (trx) => {
    const agent = await readAgent(trx, found.agent);
    if (!agent?.active) return;
    const { id, name, hasPassword } = agent;
    // Whoever never chose a password has only lost the invitation.
    const kind = hasPassword ? 'password' : 'invitation';
    await sendAccountLink(trx, config, { kind, agent: id, email: agent.email, madeBy: null });
    const facts = { kind: 'agent', act: 'passwordForgotten', subject: id, name } as const;
    await insertAudit(trx, { actor: null, way: 'nobody' }, facts);
  });
}
