import { Type } from '@fastify/type-provider-typebox';

import { EventStream } from '../../live/event-stream.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** The company's news as they happen, for as long as the browser listens. */
export const streamEvents: Route = (api, deps) => {
  const feed = new LiveFeed(deps);
  api.addHook('preClose', async () => feed.close());
  api.get(
    '/events',
    {
      config: { auth: 'agent', endless: true },
      // A HEAD request would hold a stream open that nobody may read.
      exposeHeadRoute: false,
      schema: {
        tags: ['live'],
        summary: 'Server-sent events: ticket.changed, mails.changed, counts, reminder, presence',
        querystring: Nothing,
        produces: ['text/event-stream'],
        response: { 200: Type.String(), ...problems(...signedInCodes) },
      },
    },
    async (request, reply) => {
      const { company, agent, credential } = whoAsks(request);
      void reply.hijack();
      const headers = { 'x-request-id': request.id, 'x-content-type-options': 'nosniff' };
      feed.add(company, new EventStream({ agent, credential }, reply.raw, headers));
    },
  );
};
