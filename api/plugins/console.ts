import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { BUILT_CONSOLES, markServed, readCurrentBuild } from '../../runtime/built-console.ts';
import type { Api } from '../deps.ts';
import { sendProblem } from './problem-answers.ts';

/**
 * Everything that is no API call belongs to the web console, which answers by itself. Unknown API
 * addresses get a problem document, and so does everything when the console is not built. The build
 * that is current when the API starts is served until it ends.
 */
export async function addConsole(api: Api, folder = BUILT_CONSOLES): Promise<void> {
  const handler = await loadHandler(folder);
  api.setNotFoundHandler((request, reply) => {
    const isApi = /^\/api(\/|\?|$)/.test(request.url);
    if (isApi || handler === null) return notFound(request, reply);
    void reply.hijack();
    const { raw } = reply;
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'same-origin');
    raw.setHeader('x-frame-options', 'SAMEORIGIN');
    // Other people's pages load it.
    if (/^\/support\.js(\?|$)/.test(request.url)) {
      raw.setHeader('cross-origin-resource-policy', 'cross-origin');
    }
    // Pages that are rendered here ask the API as everybody does, but not through the network.
    const callApi = (url: string) => askApi(api, request, url);
    Object.assign(request.raw, { callApi });
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

/** A page's own look-up, as nobody who is signed in, counted for the visitor's address. */
async function askApi(api: Api, { ip, host }: FastifyRequest, url: string): Promise<Response> {
  const answer = await api.inject({ method: 'GET', url, remoteAddress: ip, headers: { host } });
  const type = String(answer.headers['content-type'] ?? 'application/octet-stream');
  const { statusCode: status, body } = answer;
  return new Response(body, { status, headers: { 'content-type': type } });
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    code: 'not_found',
    message: `There is no ${request.method} ${request.url.split('?')[0]}; see /api/docs.`,
  });
}

async function loadHandler(folder: string): Promise<CallableFunction | null> {
  const build = readCurrentBuild(folder);
  if (build === null) return null;
  markServed(folder, build);
  const entry = join(folder, build, 'handler.js');
  const loaded: unknown = await import(pathToFileURL(entry).href);
  const found = typeof loaded === 'object' && loaded !== null && 'handler' in loaded;
  if (!found || typeof loaded.handler !== 'function') {
    throw new Error(`${entry} exports no handler; remove its folder and run npm run build`);
  }
  return loaded.handler;
}
