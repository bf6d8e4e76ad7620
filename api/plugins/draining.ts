import type { FastifyRequest } from 'fastify';

import type { Api } from '../deps.ts';

/**
 * A command waits 8 s for its workflow at most; what is slower is cut off. Fastify takes a step of
 * closing that lasts 10 s for one that hangs.
 */
const DRAIN_MS_MAX = 9_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** An answer that never ends by itself: stopping does not wait for it. */
    endless?: boolean;
  }
}

/** Requests that are being answered when the process is told to stop get their answer. */
export function addDraining(api: Api): void {
  const answering = new Set<FastifyRequest>();
  let whenDone: (() => void) | null = null;
  api.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.endless === true) return;
    answering.add(request);
    // Comes after the last byte, and also when the client has left before: no hook tells of that.
    reply.raw.once('close', () => {
      answering.delete(request);
      if (answering.size === 0) whenDone?.();
    });
  });
  api.addHook('preClose', async () => {
    if (answering.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, DRAIN_MS_MAX);
      whenDone = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  });
}
