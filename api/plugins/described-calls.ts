import type { FastifySchema, RouteOptions } from 'fastify';

import { problems } from '../schemas/problem.ts';

/** Either of the two ways to say who asks. */
const SIGNED_IN: readonly { [scheme: string]: readonly string[] }[] = [
  { session: [] },
  { token: [] },
];

const PROBLEM_TYPE = 'application/problem+json';

const idempotencyKey = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'A repeated call with the same key and fields does nothing twice',
    },
  },
};

/** What /uploads reads by itself, since no schema looks into a form. */
const uploadForm = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
};

type Call = Pick<RouteOptions, 'method' | 'config'>;

/** A route's schema with what is true of every call of its kind, for the OpenAPI document. */
export function describeCall(schema: FastifySchema, { method, config }: Call): FastifySchema {
  const isPublic = config?.auth === undefined || config.auth === 'public';
  const isSafe = [method].flat().every((one) => one === 'GET' || one === 'HEAD');
  const takesKey = !isSafe && (config?.once ?? !isPublic) !== false;
  const response = { ...(isSafe ? {} : beforeItsOwn), ...entriesOf(schema.response) };
  return {
    security: isPublic ? [] : SIGNED_IN,
    ...(schema.consumes && !schema.body ? { body: uploadForm } : {}),
    ...(takesKey ? { headers: idempotencyKey } : {}),
    ...schema,
    response: asProblems(response),
  };
}

/** What any changing call may meet before it comes to its own rules. */
const beforeItsOwn = problems('too_large', 'type_not_allowed', 'idempotency_mismatch');

function entriesOf(response: unknown): { [status: string]: unknown } {
  return typeof response === 'object' && response !== null ? { ...response } : {};
}

/** Refusals have a media type of their own. */
function asProblems(response: { [status: string]: unknown }): { [status: string]: unknown } {
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => {
      if (status.startsWith('2')) return [status, schema];
      const { description } = entriesOf(schema);
      return [status, { description, content: { [PROBLEM_TYPE]: { schema: PROBLEM_REF } } }];
    }),
  );
}

const PROBLEM_REF = { $ref: 'Problem#' };

interface Documented {
  paths?: { [path: string]: { [method: string]: unknown } | undefined };
}

/** A body without a field that must be there may be left out as a whole. */
export function withOptionalBodies<D extends Documented>(document: D): D {
  for (const methods of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(methods ?? {})) {
      const { requestBody } = entriesOf(operation);
      if (isBody(requestBody) && !needsFields(requestBody)) requestBody.required = false;
    }
  }
  return document;
}

interface RequestBody {
  required: boolean;
  content: { [type: string]: { schema?: { required?: readonly string[] } } };
}

function isBody(value: unknown): value is RequestBody {
  return typeof value === 'object' && value !== null && 'content' in value;
}

function needsFields({ content }: RequestBody): boolean {
  return Object.values(content).some(({ schema }) => (schema?.required ?? []).length > 0);
}
