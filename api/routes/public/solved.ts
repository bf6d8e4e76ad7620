import { Type } from '@fastify/type-provider-typebox';

import { solveExchange } from '../../../intake/solve-exchange.ts';
import { cleanLine } from '../../../mail/clean-text.ts';
import { NAME_CHARS_MAX } from '../../../mail/limits.ts';
import {
  Conversation,
  conversationOver,
  EXCHANGE_DAYS,
  findConversation,
} from '../../conversations.ts';
import type { Route } from '../../deps.ts';
import { Nothing, strict, TicketNumber } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { visitorsAddress } from '../../visitors.ts';

/** As often as one may ask. */
const SOLVED_MAX = 30;
const WINDOW = '1 minute';

const Body = strict({
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  name: Type.Optional(Type.String({ maxLength: NAME_CHARS_MAX })),
});

/** "That solved it": a ticket that the assistant has solved, so that it is counted and found. */
export const solvedRoute: Route = (api, { database, workflows, logger }) => {
  api.post(
    '/public/conversations/:conversation/solved',
    {
      config: { auth: 'public', once: false, rateLimit: { max: SOLVED_MAX, timeWindow: WINDOW } },
      schema: {
        tags: ['public'],
        summary: 'Say that the assistant solved it; a second time it is the same ticket',
        params: Type.Object({ conversation: Conversation }),
        querystring: Nothing,
        body: Type.Optional(Body),
        response: {
          200: Type.Object({ number: TicketNumber }),
          ...problems('not_found', 'not_allowed', 'rate_limited', 'forbidden'),
        },
      },
    },
    async (request) => {
      const { email = '', name = '' } = request.body ?? {};
      const address = email === '' ? '' : visitorsAddress(email);
      const found = await findConversation(database, request.params.conversation);
      const visitor = { email: address, name: cleanLine(name, NAME_CHARS_MAX) };
      const dependencies = { database, workflows, logger };
      const made = await solveExchange(dependencies, found, visitor, EXCHANGE_DAYS);
      if (!made) throw conversationOver();
      return made;
    },
  );
};
