import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

import type { Answer } from './answer.ts';

/** The parts of an OpenAPI document that tests look at. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

export interface Operation {
  summary?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: object }>;

export interface DescribedApi {
  document: OpenApiDocument;
  /** @throws when the answer is not what the document says of this call */
  check(method: string, path: string, answer: Answer): void;
}

const described = new Map<string, Promise<DescribedApi>>();

/** The API's own document, read once. */
export function documentOf(url: string): Promise<DescribedApi> {
  const known = described.get(url) ?? describeApi(url);
  described.set(url, known);
  return known;
}

async function describeApi(url: string): Promise<DescribedApi> {
  const response = await fetch(`${url}/api/openapi.json`);
  if (!response.ok) throw new Error(`/api/openapi.json was answered with ${response.status}`);
  // What the document says is held to its shape by openapi.test.ts.
  const document: OpenApiDocument = JSON.parse(await response.text());
  const ajv = createValidator(document);
  const shapes = new Map<object, ValidateFunction>();
  return {
    document,
    check: (method, path, answer) => {
      const call = `${method} ${path} → ${answer.status}`;
      const operation = findOperation(document, method, path);
      // A path that is documented nowhere has no call: only "not found" can be answered.
      if (!operation) {
        if (answer.status === 404) return;
        throw new Error(`${call}: no such call is documented`);
      }
      const shown = operation.responses[answer.status];
      if (!shown) throw new Error(`${call}: this status is not documented`);
      checkContent(call, shown.content, answer, (schema) => {
        const compiled = shapes.get(schema) ?? ajv.compile(schema);
        shapes.set(schema, compiled);
        return compiled;
      });
    },
  };
}

function createValidator(document: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    ajv.addSchema(schema, `#/components/schemas/${name}`);
  }
  return ajv;
}

function checkContent(
  call: string,
  content: Content | undefined,
  { headers, body, text }: Answer,
  shapeOf: (schema: object) => ValidateFunction,
): void {
  const given = headers.get('content-type')?.split(';')[0] ?? '';
  if (content === undefined || Object.keys(content).length === 0) {
    if (text !== '') throw new Error(`${call}: the document shows no body, and there is one`);
    return;
  }
  const shown = content[given];
  if (!shown) {
    const documented = Object.keys(content).join(', ');
    throw new Error(`${call}: it is ${given}; the document says ${documented}`);
  }
  if (!given.endsWith('json')) return;
  const shape = shapeOf(shown.schema);
  if (shape(body)) return;
  const mistakes = (shape.errors ?? []).map(({ instancePath, message }) => {
    return `${instancePath} ${message}`;
  });
  throw new Error(`${call}: not as documented: ${mistakes.join('; ')}\n${text.slice(0, 2_000)}`);
}

function findOperation(
  document: OpenApiDocument,
  method: string,
  path: string,
): Operation | undefined {
  const given = path.split('?')[0]?.split('/') ?? [];
  const known = Object.keys(document.paths).filter((template) => {
    const parts = template.split('/');
    return (
      parts.length === given.length &&
      parts.every((part, index) => part.startsWith('{') || part === given[index])
    );
  });
  // A name goes before a parameter, as in the router.
  return known
    .toSorted((a, b) => a.split('{').length - b.split('{').length)
    .map((template) => document.paths[template]?.[method.toLowerCase()])
    .find((operation) => operation !== undefined);
}
