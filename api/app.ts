import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';

import { newId } from '../database/new-id.ts';
import { refused } from '../domain/errors.ts';
import { HandOvers } from '../intake/hand-overs.ts';
import { nameServersOf } from '../mail/inbound/name-servers.ts';
import { scannerOf } from '../mail/scanning/clamd.ts';
import type { Api, ApiDeps, RouteDeps } from './deps.ts';
import { addAuthentication } from './plugins/authentication.ts';
import { addConsole } from './plugins/console.ts';
import { addCustomerPages } from './plugins/customer-pages.ts';
import { addDraining } from './plugins/draining.ts';
import { addDocumentation } from './plugins/documentation.ts';
import { addHealth } from './plugins/health.ts';
import { addIdempotency } from './plugins/idempotency.ts';
import { addLastSeen } from './plugins/last-seen.ts';
import { addMetrics } from './plugins/metrics.ts';
import { addProblemAnswers, sendProblem } from './plugins/problem-answers.ts';
import { addVisitingSites } from './plugins/visiting-sites.ts';
import { addValidation } from './plugins/validation.ts';
import { changingRoutes } from './routes/changing.ts';
import { readingRoutes } from './routes/reading.ts';
import { Problem } from './schemas/problem.ts';

/** A long answer with its HTML is 200 KB; files go through /uploads. */
const BODY_BYTES_MAX = 2 * 1_048_576;

/** A page of 1,000 letters in three bytes each, and the rest of an address. */
const PARAM_CHARS_MAX = 4_000;

/** The API, the console and the public pages on one origin. It listens when told to. */
export async function buildApp(deps: ApiDeps): Promise<Api> {
  const { config } = deps;
  const loggerInstance: FastifyBaseLogger = deps.logger;
  const api: Api = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: PARAM_CHARS_MAX },
    genReqId: () => newId(),
    // Streams of live events never end by themselves, and would hold up stopping.
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) =>
      void sendProblem(request, reply, { code: 'validation', message: error.message }),
  }).withTypeProvider<TypeBoxTypeProvider>();

  api.addSchema(Problem);
  takeEmptyJson(api);
  addDraining(api);
  addRequestLog(api);
  addProblemAnswers(api);
  addValidation(api);
  await addProtection(api, config.publicUrl);
  addMetrics(api);
  addVisitingSites(api, deps);
  addAuthentication(api, deps);
  addIdempotency(api, deps);
  addLastSeen(api, deps);
  await addDocumentation(api);
  addHealth(api, deps);
  const routeDeps = withIntake(api, deps);
  await api.register(
    async (v1: Api) => {
      for (const route of [...changingRoutes, ...readingRoutes]) route(v1, routeDeps);
    },
    { prefix: '/api/v1' },
  );
  addCustomerPages(api, routeDeps);
  await addConsole(api);
  return api;
}

/** Mail that comes through the API is handed over after the answer; stopping waits for that. */
function withIntake(api: Api, deps: ApiDeps): RouteDeps {
  const { database, blobs, workflows, logger, config } = deps;
  const handOvers = new HandOvers(database);
  api.addHook('onClose', () => handOvers.drain());
  const intake = {
    ...{ database, blobs, workflows, logger, handOvers },
    scanner: scannerOf(config.clamdAddress),
    secret: config.secret,
    resolve: nameServersOf(config.nameServers),
  };
  return { ...deps, intake };
}

/** `Content-Type: application/json` without a byte of JSON means: no field. */
function takeEmptyJson(api: Api): void {
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeContentTypeParser(['application/json', 'text/plain']);
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text.length === 0) return done(null, undefined);
    return parse(request, text.toString(), done);
  });
}

/** One line per answer: the route's pattern and never the address, which holds what people seek. */
function addRequestLog(api: Api): void {
  api.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  api.addHook('onResponse', async (request, reply) => {
    const { method, id, signedIn } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const route = request.routeOptions.url ?? 'console';
    const facts = { id, method, route, status: reply.statusCode, ms, agent: signedIn?.agent };
    request.log.debug(facts, 'answered');
  });
}

async function addProtection(api: Api, publicUrl: string): Promise<void> {
  await api.register(helmet, {
    // Pages bring their own; answers of the API get the one below.
    contentSecurityPolicy: false,
    strictTransportSecurity: publicUrl.startsWith('https:'),
  });
  api.addHook('onSend', async (_request, reply) => {
    if (reply.hasHeader('content-security-policy')) return;
    void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  });
  await api.register(cookie);
  await api.register(multipart);
  await api.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after, max }) =>
      refused('rate_limited', `More than ${max} of these calls; try again in ${after}.`),
  });
}
