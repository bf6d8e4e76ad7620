import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';

import type { Database } from '../database/client.ts';
import type { ChangeListener } from '../database/listen.ts';
import type { IntakeDependencies } from '../intake/dependencies.ts';
import type { TicketWorkflows } from '../intake/ticket-workflows.ts';
import type { BlobStore } from '../mail/blob-store.ts';
import type { Config } from '../runtime/config.ts';
import type { Logger } from '../runtime/logger.ts';

/** Everything that the API is made of; tests hand in what they like. */
export interface ApiDeps {
  database: Database;
  workflows: TicketWorkflows;
  blobs: BlobStore;
  config: Config;
  logger: Logger;
  /** Tells of changed tickets; feeds the live events. */
  listen: ChangeListener;
  /** Each dependency's own check for `/readyz`: resolves when it answers. */
  checks: { [dependency: string]: () => Promise<unknown> };
}

/** What a route gets: the same, and the way to take mail in. */
export interface RouteDeps extends ApiDeps {
  intake: IntakeDependencies;
}

/** The Fastify instance whose handlers know their types from the route's schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** One endpoint: declares itself on the instance. `api` is mounted at /api/v1. */
export type Route = (api: Api, deps: RouteDeps) => void;
