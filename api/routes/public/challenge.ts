import { Type } from '@fastify/type-provider-typebox';

import { makeChallenge, PROOF_HEADER } from '../../challenges.ts';
import type { Route } from '../../deps.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { visitedMailbox } from '../../visitors.ts';

/** One for each form, and some for forms that were refused. */
const CHALLENGES_MAX = 60;
const WINDOW = '10 minutes';

/** Instead of a captcha: a browser works for a moment before it sends a form. */
export const challengeRoute: Route = (api, { database, config }) => {
  api.get(
    '/public/:mailbox/challenge',
    {
      config: { auth: 'public', rateLimit: { max: CHALLENGES_MAX, timeWindow: WINDOW } },
      schema: {
        tags: ['public'],
        summary: 'A task for scripts of other sites, which solve one for each contact form',
        params: Type.Object({ mailbox: Type.String({ minLength: 1, maxLength: 320 }) }),
        querystring: Nothing,
        response: {
          200: Type.Object({
            challenge: Type.String(),
            difficulty: Type.Integer({
              description:
                'Find a NUMBER so that SHA-256 of `challenge.NUMBER` begins with as many 0 bits, ' +
                `and send \`challenge.NUMBER\` as ${PROOF_HEADER} with the contact form, once`,
            }),
            expiresAt: Type.String(),
          }),
          ...problems('not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { mailbox } = await visitedMailbox(database, request.params.mailbox);
      void reply.header('cache-control', 'no-store');
      return makeChallenge(config.secret, mailbox, Date.now());
    },
  );
};
