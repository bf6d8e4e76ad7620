import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger, type FastifyReply, LogController } from 'fastify';
import type { Customer } from './customer.ts';
import type { MailShelf } from './mail-shelf.ts';

export interface CatcherDeps {
  shelf: MailShelf;
  customer: Customer;
  logger: FastifyBaseLogger;
}

/** A mail as text, typed into a form. */
const BODY_BYTES_MAX = 1_048_576;

export type CatcherServer = ReturnType<typeof createServer>;

/** A server without routes, whose routes are typed by their schemas. */
export function createServer(logger: FastifyBaseLogger) {
  return fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: true,
  }).withTypeProvider<TypeBoxTypeProvider>();
}

export function sendPage(reply: FastifyReply, markup: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(markup);
}
