import type { FastifyReply } from 'fastify';

import { hashCredential } from '../../database/credential-hash.ts';
import { findExchange } from '../../database/queries/exchanges.ts';
import { findMailbox } from '../../database/queries/intake.ts';
import { readOrigins } from '../../database/queries/visitors.ts';
import { refused } from '../../domain/errors.ts';
import { PROOF_HEADER } from '../challenges.ts';
import type { Api, ApiDeps } from '../deps.ts';
import { isPlainForm } from '../plain-forms.ts';
import { ownOrigins } from './cross-site.ts';

const CONVERSATION = /^\/api\/v1\/public\/conversations\/([^/?]+)\//;
const MAILBOX = /^\/api\/v1\/(?:public|contact)\/([^/?]+)/;

/** Browsers ask again after it. */
const PREFLIGHT_SECONDS = 600;

/** An office where some people type at once; each call costs a look-up before it is counted. */
const VISITS = { max: 60, timeWindow: '1 second' } as const;

/**
 * Lets the pages of other sites make the public calls of the mailboxes that list them, and of no
 * other. No call takes a cookie, so nobody acts in another's name; this keeps a company's module
 * off sites that it does not know. A plain form of another site may post to the contact form.
 */
export function addVisitingSites(api: Api, deps: Pick<ApiDeps, 'database' | 'config'>): void {
  const counted = api.createRateLimit(VISITS);
  api.addHook('onRequest', async (request, reply) => {
    if (!MAILBOX.test(request.url)) return;
    void reply.header('vary', 'origin');
    void reply.header('cross-origin-resource-policy', 'cross-origin');
    const { origin } = request.headers;
    const isPreflight = request.method === 'OPTIONS';
    if (origin === undefined) return;
    if (!ownOrigins(request, deps.config).includes(origin)) {
      const visits = await counted(request);
      if (!visits.isAllowed && visits.isExceeded) {
        void reply.header('retry-after', visits.ttlInSeconds);
        throw refused('rate_limited', `More than ${VISITS.max} calls; try again in a second.`);
      }
      const allowed = await isListed(deps, request.url, origin);
      if (allowed) allow(reply, origin);
      else if (!isPreflight && request.method !== 'GET' && !isPlainForm(request)) {
        throw refused(
          'forbidden',
          `The site ${origin} is not one of this mailbox's; an admin can add it to its settings.`,
        );
      }
    }
    if (isPreflight) return reply.code(204).send();
  });
}

function allow(reply: FastifyReply, origin: string): void {
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': `content-type, idempotency-key, ${PROOF_HEADER}`,
    'access-control-expose-headers': 'retry-after, x-request-id',
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  });
}

async function isListed(
  { database }: Pick<ApiDeps, 'database'>,
  url: string,
  origin: string,
): Promise<boolean> {
  const named = CONVERSATION.exec(url)?.[1];
  const found =
    named === undefined
      ? await findMailbox(database.lookups, decoded(MAILBOX.exec(url)?.[1]))
      : await findExchange(database.lookups, hashCredential(decoded(named)));
  if (!found) return false;
  const { company, mailbox } = found;
  const origins = await database.withCompany(company, (trx) => readOrigins(trx, mailbox));
  return origins.includes(origin);
}

/** What is no path is the router's to refuse. */
function decoded(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
