import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { CompanyTransaction, Database } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import { findOnce, keepAnswer, rememberIds } from '../../database/queries/idempotency.ts';
import type { OnceKey } from '../../database/queries/idempotency.ts';
import { refused } from '../../domain/errors.ts';
import type { Api, ApiDeps } from '../deps.ts';
import type { SignedIn } from './authentication.ts';

/** Long enough for two UUIDs with words; it is part of an index entry. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Makes a changing call happen once for its `Idempotency-Key` (durability.md, 3). Without a key
 * every call is its own.
 */
export interface Once {
  /** The id under which a ticket's log keeps this call's command. */
  commandId(command: string): string;
  /**
   * The ids of what this call writes, made at the first try and found again at the next ones. Call
   * it in the transaction that writes the content, and write only when `fresh`.
   */
  ids(trx: CompanyTransaction, make: () => MadeIds | Promise<MadeIds>): Promise<OnceIds>;
}

type MadeIds = Readonly<Record<string, string>>;

export interface OnceIds {
  fresh: boolean;
  /** @throws when no such id was made, which is a mistake of ours */
  id(name: string): string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * False for calls that may happen any number of times: nothing is kept of them. `itself`: the
     * handler asks `answeredBefore`, since only it knows the caller or the whole of the body.
     */
    once?: boolean | 'itself';
  }
  interface FastifyRequest {
    onceKey: OnceKey | null;
  }
}

export function addIdempotency(api: Api, { database }: Pick<ApiDeps, 'database'>): void {
  api.decorateRequest('onceKey', null);
  api.addHook('preHandler', async (request, reply) => {
    if (!request.signedIn || (request.routeOptions.config.once ?? true) !== true) return;
    if (await answeredBefore(database, request, reply, request.signedIn, request.body)) {
      return reply;
    }
  });
  api.addHook('onSend', async (request, reply, payload) => {
    await keep(
      database,
      request,
      reply.statusCode,
      reply.hasHeader('idempotent-replayed'),
      payload,
    );
    return payload;
  });
}

/**
 * Begins what happens once for the request's key: answers as the first time when the same call was
 * answered before. True when it did; the handler then returns the reply.
 * @throws RefusedError `idempotency_mismatch` when the key was used for something else
 */
export async function answeredBefore(
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Pick<SignedIn, 'company' | 'agent'>,
  body: unknown,
): Promise<boolean> {
  const key = readKey(request);
  if (key === null) return false;
  const onceKey = keyOf(request, caller, key, body);
  request.onceKey = onceKey;
  const kept = await database.withCompany(onceKey.company, (trx) => findOnce(trx, onceKey));
  if (kept && !matches(kept, onceKey)) throw mismatch(key);
  if (kept?.status === undefined || kept.status === null) return false;
  void reply.code(kept.status).header('idempotent-replayed', 'true');
  if (kept.answer === null) void reply.send();
  else void reply.type('application/json; charset=utf-8').send(kept.answer);
  return true;
}

/** What this request is to do once. */
export function once(request: FastifyRequest): Once {
  const { onceKey } = request;
  return {
    commandId: (command) => (onceKey === null ? newId() : commandIdOf(onceKey, command)),
    ids: async (trx, make) => {
      if (onceKey === null) {
        const made = await make();
        return { fresh: true, id: (name) => idIn(made, name) };
      }
      const earlier = await findOnce(trx, onceKey);
      const kept = earlier
        ? { ...earlier, fresh: false }
        : await rememberIds(trx, onceKey, await make());
      if (!matches(kept, onceKey)) throw mismatch(onceKey.key);
      return { fresh: kept.fresh, id: (name) => idIn(kept.ids, name) };
    },
  };
}

function readKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method === 'GET' || request.method === 'HEAD') return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw refused('validation', 'Idempotency-Key must be 1 to 200 visible ASCII characters.');
}

function keyOf(
  request: FastifyRequest,
  { company, agent }: Pick<SignedIn, 'company' | 'agent'>,
  key: string,
  body: unknown,
): OnceKey {
  const asked = JSON.stringify([request.params, request.query, body ?? null]);
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  const bodyHash = createHash('sha256').update(asked).digest('hex');
  return { company, agent, key, route, bodyHash };
}

function commandIdOf({ company, agent, key }: OnceKey, command: string): string {
  const parts = JSON.stringify([company, agent, key, command]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 40);
}

function matches(kept: { route: string; bodyHash: string }, asked: OnceKey): boolean {
  return kept.route === asked.route && kept.bodyHash === asked.bodyHash;
}

function mismatch(key: string) {
  return refused(
    'idempotency_mismatch',
    `The Idempotency-Key "${key}" was used for another call; take a new one for each change.`,
  );
}

function idIn(ids: MadeIds, name: string): string {
  const id = ids[name];
  if (id === undefined) throw new Error(`no id was made for "${name}"`);
  return id;
}

/** Keeps a success under its key; when that fails the call still did what it says. */
async function keep(
  database: Database,
  request: FastifyRequest,
  status: number,
  replayed: boolean,
  payload: unknown,
): Promise<void> {
  const { onceKey } = request;
  if (onceKey === null || replayed || status >= 300) return;
  const answer = typeof payload === 'string' && payload !== '' ? payload : null;
  try {
    await database.withCompany(onceKey.company, (trx) =>
      keepAnswer(trx, onceKey, { status, answer }),
    );
  } catch (error) {
    request.log.warn({ err: error }, 'the answer of a call was not kept under its key');
  }
}
