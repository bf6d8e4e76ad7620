import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

import { isDatabaseAway } from '../../database/errors.ts';
import { RefusedError, statusOf } from '../../domain/errors.ts';
import type { ErrorCode, Json, Refusal } from '../../domain/errors.ts';
import { BlobsAwayError } from '../../mail/blob-store.ts';
import type { Api } from '../deps.ts';
import { queryMistakes, validationRefusal } from './validation.ts';

const titles: Record<ErrorCode, string> = {
  validation: 'The request is not valid',
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed for this agent',
  not_found: 'Not found',
  already_claimed: 'Already claimed',
  already_exists: 'Already exists',
  not_allowed: 'Not allowed in this state',
  too_late: 'Too late',
  news: 'Something new came in',
  link_over: 'Link is over',
  too_large: 'Too large',
  type_not_allowed: 'Type not allowed',
  date_in_past: 'The date is in the past',
  idempotency_mismatch: 'The idempotency key was used for something else',
  agent_inactive: 'The agent is deactivated',
  agent_required: 'An agent is required',
  rate_limited: 'Too many requests',
  internal: 'Something went wrong',
  unavailable: 'Temporarily unavailable',
};

/** Seconds after which an outage is worth another try. */
const RETRY_AFTER_SECONDS = 2;

/** Every error leaves as an RFC 9457 problem document; what a 5xx was stays in the log. */
export function addProblemAnswers(api: Api): void {
  api.setErrorHandler<FastifyError>((error, request, reply) =>
    sendProblem(request, reply, refusalFrom(error, request)),
  );
}

/** Answers with the refusal's status and facts. Also for answers outside of handlers. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): FastifyReply {
  const status = statusOf[refusal.code];
  if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  const problem: { [key: string]: Json } = {
    ...refusal.details,
    type: `urn:postkeep:problem:${refusal.code}`,
    title: titles[refusal.code],
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId: request.id,
  };
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problem);
}

/** An error as it is told to whoever asked; what it was stays in the log. */
export function refusalFrom(error: FastifyError, request: FastifyRequest): Refusal {
  if (error instanceof RefusedError) {
    if (statusOf[error.refusal.code] >= 500) {
      request.log.warn({ err: error, route: request.routeOptions.url }, 'refused as unavailable');
    }
    return error.refusal;
  }
  if (error.validation) {
    const { validation, validationContext: context } = error;
    const inQuery = context === 'body' ? queryMistakes(request) : [];
    return validationRefusal(validation, context, inQuery);
  }
  const ofHttp = httpRefusal(error);
  if (ofHttp) return ofHttp;
  const facts = { err: error, method: request.method, route: request.routeOptions.url };
  if (isDatabaseAway(error)) {
    request.log.warn(facts, 'the database does not answer');
    return {
      code: 'unavailable',
      message: 'The database does not answer. Nothing is lost; try again in a moment.',
    };
  }
  if (error instanceof BlobsAwayError) {
    request.log.warn(facts, 'the store of files does not answer');
    return {
      code: 'unavailable',
      message: 'The store of files does not answer. Nothing is lost; try again in a moment.',
    };
  }
  request.log.error(facts, 'a request failed');
  return {
    code: 'internal',
    message: 'This is our mistake. Try again; if it stays, report the request id.',
  };
}

/** Fastify's own refusals: broken JSON, bodies too large, unknown content types. */
function httpRefusal(error: FastifyError): Refusal | null {
  const { statusCode, message } = error;
  switch (statusCode) {
    case 400:
      return { code: 'validation', message };
    case 404:
      return { code: 'not_found', message };
    case 406:
      return { code: 'type_not_allowed', message: 'Send a form (multipart/form-data).' };
    case 413:
      return { code: 'too_large', message: `${message}; send less.` };
    case 415:
      return { code: 'type_not_allowed', message: `${message}; send application/json.` };
    default:
      return null;
  }
}
