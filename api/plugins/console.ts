import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Api } from '../deps.ts';
import { sendProblem } from './problem-answers.ts';

const BUILT_CONSOLE = new URL('../../web/build/handler.js', import.meta.url);

/**
 * Everything that is no API call belongs to the web console, which answers by itself. Unknown API
 * addresses get a problem document, and so does everything when the console is not built.
 */
export async function addConsole(api: Api): Promise<void> {
  const handler = await loadHandler();
  api.setNotFoundHandler((request, reply) => {
    const isApi = /^\/api(\/|\?|$)/.test(request.url);
    if (isApi || handler === null) return notFound(request, reply);
    void reply.hijack();
    const { raw } = reply;
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'same-origin');
    raw.setHeader('x-frame-options', 'SAMEORIGIN');
    const end = (status: number) => {
      if (!raw.headersSent) raw.statusCode = status;
      raw.end();
    };
    const show: unknown = Reflect.apply(handler, undefined, [request.raw, raw, () => end(404)]);
    Promise.resolve(show).catch((error: unknown) => {
      request.log.error({ err: error }, 'the console failed to show a page');
      end(500);
    });
    return undefined;
  });
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    code: 'not_found',
    message: `There is no ${request.method} ${request.url.split('?')[0]}; see /api/docs.`,
  });
}

async function loadHandler(): Promise<CallableFunction | null> {
  if (!existsSync(fileURLToPath(BUILT_CONSOLE))) return null;
  const loaded: unknown = await import(BUILT_CONSOLE.href);
  const found = typeof loaded === 'object' && loaded !== null && 'handler' in loaded;
  if (!found || typeof loaded.handler !== 'function') {
    throw new Error(`${BUILT_CONSOLE.pathname} exports no handler; run npm run build again`);
  }
  return loaded.handler;
}
