import type { FastifyReply, FastifyRequest } from 'fastify';

import { select } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { hashCredential } from '../../database/credential-hash.ts';
import { readAgentRole } from '../../database/queries/sign-in.ts';
import { refused } from '../../domain/errors.ts';
import type { Api, ApiDeps } from '../deps.ts';
import { refuseCrossSite } from './cross-site.ts';

export const SESSION_COOKIE = 'postkeep_session';

/** Who may call a route. Every route under /api/v1 says so in its `config`. */
export type RouteAuth = 'agent' | 'admin' | 'public';

/** Who asks. */
export interface SignedIn {
  company: string;
  agent: string;
  via: 'session' | 'token';
  /** Hash of the session or the token that was shown. */
  credential: string;
}

export interface RouteEntry {
  method: string;
  path: string;
  auth: RouteAuth;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    auth?: RouteAuth;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
  }
  interface FastifyInstance {
    /** Every call of /api/v1 and who may make it. */
    routeTable: RouteEntry[];
  }
}

export function addAuthentication(api: Api, deps: ApiDeps): void {
  api.decorateRequest('signedIn', null);
  api.decorate('routeTable', []);
  api.addHook('onRoute', ({ method, url: path, config }) => {
    if (!path.startsWith('/api/v1')) return;
    const auth = config?.auth;
    if (auth === undefined) {
      throw new Error(`${String(method)} ${path} does not state its auth in its config`);
    }
    for (const one of [method].flat()) api.routeTable.push({ method: one, path, auth });
  });
  api.addHook('onRequest', async (request) => {
    const { auth } = request.routeOptions.config;
    if (auth === undefined) return;
    if (auth === 'public') {
      // Signing in and out is done by cookies too, and so by any page that a browser shows.
      if (request.routeOptions.url === '/api/v1/session') refuseCrossSite(request, deps.config);
      return;
    }
    request.signedIn = await identify(request, deps.database);
    if (!request.signedIn) {
      throw refused(
        'unauthenticated',
        'Sign in (POST /api/v1/session) or send a valid token (Authorization: Bearer TOKEN).',
      );
    }
    if (request.signedIn.via === 'session') refuseCrossSite(request, deps.config);
    if (auth === 'admin') await requireAdmin(request.signedIn, deps.database);
  });
}

/** The agent who asks. @throws RefusedError on a route that anybody may call */
export function whoAsks(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw refused('unauthenticated', 'Sign in first.');
  return request.signedIn;
}

async function identify(request: FastifyRequest, database: Database): Promise<SignedIn | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token === undefined) return null;
    return lookUp(database, 'token', token);
  }
  const session = request.cookies[SESSION_COOKIE];
  if (session === undefined || session === '') return null;
  return lookUp(database, 'session', session);
}

async function lookUp(
  database: Database,
  via: SignedIn['via'],
  shown: string,
): Promise<SignedIn | null> {
  const sql = `select company, agent from lookup_${via}(?)`;
  const credential = hashCredential(shown);
  const [found] = await select<{ company: string; agent: string }>(database.lookups, sql, [
    credential,
  ]);
  return found ? { ...found, via, credential } : null;
}

async function requireAdmin({ company, agent }: SignedIn, database: Database): Promise<void> {
  const role = await database.withCompany(company, (trx) => readAgentRole(trx, agent));
  if (role === 'admin') return;
  throw refused('forbidden', 'Only administrators may do this; ask one of yours.');
}

/** Whether the browser reaches us by https, so that its cookie never travels in the clear. */
function isSecure(request: FastifyRequest, deps: Pick<ApiDeps, 'config'>): boolean {
  return request.protocol === 'https' || deps.config.publicUrl.startsWith('https:');
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Pick<ApiDeps, 'config'>,
  session: { credential: string; maxAgeSeconds: number },
): void {
  void reply.setCookie(SESSION_COOKIE, session.credential, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(request, deps),
    maxAge: session.maxAgeSeconds,
  });
}
