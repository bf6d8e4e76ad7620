import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import type { FastifyRequest } from 'fastify';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';

import { RefusedError, refused } from '../../domain/errors.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { Api } from '../deps.ts';

/** Enough to mend a request; a body of a megabyte could have a million mistakes. */
const PROBLEMS_SHOWN_MAX = 10;

/** With the u flag only halves of surrogate pairs match the class. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** The one way to write a number in an address; ajv would take 0x1, 1e0 and 01 for 1 as well. */
const DECIMAL = /^(0|[1-9]\d*)$/;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** No Fastify default: it drops unknown fields in silence and turns null into 0 or ''. */
function createAjv(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({
    coerceTypes,
    removeAdditional: false,
    useDefaults: true,
    allErrors: true,
    strict: false,
  });
  ajv.addFormat('date-time', {
    validate: (text: string) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
  });
  ajv.addFormat('binary', true);
  return ajv;
}

/** JSON bodies are taken as they are; queries and paths are text, and become numbers. */
export function addValidation(api: Api): void {
  const strict = createAjv(false);
  const coercing = createAjv(true);
  api.setValidatorCompiler(({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? strict : coercing;
    return ajv.compile(typeof schema === 'object' && schema !== null ? schema : {});
  });
  api.addHook('preValidation', async (request) => {
    const { schema } = request.routeOptions;
    // A call without a body is one with no field: `POST …/claim` needs none.
    if (schema?.body && (request.body === undefined || request.body === null)) request.body = {};
    request.params = withoutOddNumbers(request.params, schema?.params);
    const query = asLists(withoutBlanks(request.query, schema?.querystring), schema?.querystring);
    request.query = withoutOddNumbers(query, schema?.querystring);
    // A call that takes a form says itself what it thinks of JSON.
    const takesForm = schema?.consumes !== undefined;
    if (!schema?.body && !takesForm && isRecord(request.body)) refuseFields(request, request.body);
    for (const [where, value] of [
      ['body', request.body],
      ['query', request.query],
      ['path', request.params],
    ] as const) {
      const field = unstorableField(value);
      if (field === null) continue;
      throw refused(
        'validation',
        `${where} ${field} holds a NUL character or half of a surrogate pair; send plain text.`,
      );
    }
  });
}

/** `?label=&q=lamp` asks for no label: a known field without a value is one that is not given. */
function withoutBlanks(query: unknown, schema: unknown): unknown {
  if (!isRecord(query) || !isRecord(schema) || !isRecord(schema.properties)) return query;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(query).filter(([name, value]) => value !== '' || !(name in properties)),
  );
}

/** `?label=a` is a list of one where several may be given: `?label=a&label=b`. */
function asLists(query: unknown, schema: unknown): unknown {
  if (!isRecord(query) || !isRecord(schema) || !isRecord(schema.properties)) return query;
  const { properties } = schema;
  const entries = Object.entries(query).map(([name, value]) => {
    const field = properties[name];
    const isList = isRecord(field) && field.type === 'array' && !Array.isArray(value);
    return [name, isList ? [value] : value];
  });
  return Object.fromEntries(entries);
}

/** Ajv is left nothing of an odd number to convert, and refuses it with all that is wrong. */
function withoutOddNumbers(values: unknown, schema: unknown): unknown {
  if (!isRecord(values) || !isRecord(schema) || !isRecord(schema.properties)) return values;
  const { properties } = schema;
  const entries = Object.entries(values).map(([name, value]) => {
    const field = properties[name];
    const isOdd = isRecord(field) && field.type === 'integer' && !DECIMAL.test(String(value));
    return [name, isOdd ? 'odd' : value];
  });
  return Object.fromEntries(entries);
}

/** What is sent to a call that takes no body is not dropped in silence either. */
function refuseFields(request: FastifyRequest, body: object): void {
  const mistakes = Object.keys(body).map((additionalProperty) => ({
    keyword: 'additionalProperties',
    instancePath: '',
    schemaPath: '',
    params: { additionalProperty },
  }));
  if (mistakes.length === 0) return;
  throw new RefusedError(validationRefusal(mistakes, 'body', queryMistakes(request)));
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** The path of a text that PostgreSQL refuses to store; null when there is none. */
export function unstorableField(value: unknown): string | null {
  const waiting: { path: string; value: unknown }[] = [{ path: '', value }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value: found } = next;
    if (typeof found === 'string') {
      if (!isStorable(found)) return path === '' ? 'text' : path;
    } else if (typeof found === 'object' && found !== null && !isBytes(found)) {
      for (const [key, inner] of Object.entries(found)) {
        if (!isStorable(key)) return 'with a field name that';
        waiting.push({ path: path === '' ? key : `${path}.${key}`, value: inner });
      }
    }
  }
  return null;
}

function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

function isBytes(value: object): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

type Mistake = FastifySchemaValidationError | ErrorObject;

/** What is wrong with the query. Fastify looks no further once the body is wrong. */
export function queryMistakes(request: FastifyRequest): readonly Mistake[] {
  const validate = request.getValidationFunction('querystring');
  if (!validate || validate(request.query)) return [];
  return validate.errors ?? [];
}

/**
 * One answer that names every mistake. A path that can be no id is an id that is not there.
 * `inQuery`: what is wrong with the query too, when the mistakes are the body's.
 */
export function validationRefusal(
  errors: readonly Mistake[],
  context: string | undefined,
  inQuery: readonly Mistake[] = [],
): Refusal {
  if (context === 'params') {
    return { code: 'not_found', message: 'There is nothing at this address; check the id in it.' };
  }
  const where = context === 'querystring' ? 'query' : (context ?? 'body');
  const found = [
    ...errors.slice(0, PROBLEMS_SHOWN_MAX).map((error) => describe(error, where)),
    ...inQuery.slice(0, PROBLEMS_SHOWN_MAX).map((error) => describe(error, 'query')),
  ];
  return {
    code: 'validation',
    message: `${found.map(({ problem }) => problem).join('; ')}.`,
    details: { errors: found },
  };
}

function describe(error: Mistake, where: string) {
  const inside = error.instancePath.split('/').slice(1).join('.');
  const at = (name: unknown) => [inside, String(name)].filter((part) => part !== '').join('.');
  const { keyword, params } = error;
  if (keyword === 'additionalProperties') {
    const field = at(params.additionalProperty);
    return { where, field, problem: `unknown ${where} field "${field}"` };
  }
  if (keyword === 'required') {
    const field = at(params.missingProperty);
    return { where, field, problem: `${where} field "${field}" is missing` };
  }
  const allowed = keyword === 'enum' ? `: ${JSON.stringify(params.allowedValues)}` : '';
  const subject = inside === '' ? where : `${where} field "${inside}"`;
  return { where, field: inside, problem: `${subject} ${error.message ?? 'is wrong'}${allowed}` };
}
