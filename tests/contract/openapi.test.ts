import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';

import { documentOf } from './openapi.ts';
import type { OpenApiDocument, Operation } from './openapi.ts';
import { contract } from './product.ts';

let document: OpenApiDocument;
let operations: { call: string; path: string; operation: Operation }[];

beforeAll(async () => {
  ({ document } = await documentOf(contract.url));
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      call: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});

/** contract.md, HTTP, its table and the sentences above it. */
const calls = [
  'POST /session',
  'GET /me',
  'GET /views',
  'GET /tickets',
  'POST /tickets',
  'GET /tickets/{}',
  'GET /tickets/{}/timeline',
  'POST /tickets/{}/claim',
  'POST /tickets/{}/release',
  'POST /tickets/{}/assign',
  'POST /tickets/{}/resume',
  'POST /tickets/{}/reopen',
  'POST /tickets/{}/reply',
  'DELETE /messages/{}',
  'PATCH /tickets/{}',
  'GET /tickets/{}/draft',
  'PUT /tickets/{}/draft',
  'POST /tickets/{}/pend',
  'POST /tickets/{}/solve',
  'POST /tickets/{}/auto-solve',
  'POST /tickets/{}/team',
  'PUT /tickets/{}/participants/{}',
  'DELETE /tickets/{}/participants/{}',
  'PUT /tickets/{}/labels/{}',
  'DELETE /tickets/{}/labels/{}',
  'POST /tickets/{}/notes',
  'POST /customers/{}/notes',
  'PATCH /customers/{}/notes/{}',
  'DELETE /customers/{}/notes/{}',
  'PUT /customers/{}/addresses/{}',
  'DELETE /customers/{}/addresses/{}',
  'POST /customers/{}/merge',
  'PATCH /tickets/{}/notes/{}',
  'DELETE /tickets/{}/notes/{}',
  'GET /tickets/{}/summary',
  'GET /tickets/{}/article-draft',
  'GET /customers/{}',
  'PATCH /customers/{}',
  'GET /customers/{}/tickets',
  'POST /uploads',
  'GET /articles/{}/parts',
  'POST /articles/{}/use',
  'GET /reports/answers',
  'GET /reports/searches',
  'GET /help/{}',
  'GET /help/{}/articles',
  'GET /help/{}/search',
  'GET /articles/{}/draft',
  'PUT /articles/{}/draft',
  'DELETE /articles/{}/draft',
  'POST /articles/{}/publish',
  'GET /articles/{}/versions',
  'GET /articles/{}/versions/{}',
  'POST /articles/{}/versions/{}/restore',
  'GET /help/{}/{}',
  'POST /help/{}/{}/vote',
  'GET /articles/{}/votes',
  'GET /attachments/{}',
  'GET /attachments/{}/thumbnail',
  'GET /tickets/{}/next',
  'PATCH /tickets/{}/next/{}',
  'DELETE /tickets/{}/next/{}',
  'GET /mails',
  'GET /mails/{}/raw',
  'POST /mails/{}/accept',
  'POST /mails/{}/attach',
  'DELETE /mails/{}',
  'GET /messages',
  'POST /messages/{}/resend',
  'POST /messages/{}/arrived',
  'GET /reminders',
  'POST /reminders/{}/done',
  'GET /events',
  'POST /contact/{}',
  'GET /public/{}/answers',
  'GET /public/{}/challenge',
  'GET /public/{}/module',
  'POST /public/{}/ask',
  'POST /public/conversations/{}/solved',
];

/** "usual CRUD" */
const crud = [
  'labels',
  'canned-responses',
  'knowledge-bases',
  'articles',
  'teams',
  'agents',
  'mailboxes',
  'tokens',
].flatMap((path) => [
  `GET /${path}`,
  `POST /${path}`,
  `GET /${path}/{}`,
  `PATCH /${path}/{}`,
  `DELETE /${path}/{}`,
]);
describe('/api/openapi.json', () => {
  test('is an OpenAPI 3.1 document, as JSON', async () => {
    const answer = await fetch(`${contract.url}/api/openapi.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({
      title: expect.any(String),
      version: expect.any(String),
    });
  });

  test('describes every call of the contract', () => {
    const described = operations.map(({ call }) =>
      call.replace('/api/v1', '').replace(/\{\w+\}/g, '{}'),
    );
    const missing = [...calls, ...crud].filter((call) => !described.includes(call));
    expect(missing).toEqual([]);
  });

  test('keeps the operations, health and metrics out of /api/v1', () => {
    expect(operations.filter(({ path }) => !path.startsWith('/api/v1/'))).toEqual([]);
  });

  test('declares each parameter of a path, and no other', () => {
    for (const { call, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect({ call, names: declared.map(({ name }) => name).sort() }).toEqual({
        call,
        names: inPath.sort(),
      });
      expect(declared.every(({ required }) => required === true)).toBe(true);
    }
  });

  test('has only JSON schemas (2020-12), with references that lead somewhere', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      ajv.addSchema(schema, `#/components/schemas/${name}`);
    }
    const shapes = new Map<string, string>();
    for (const { call, operation } of operations) {
      const bodies = [
        ...Object.values(operation.requestBody?.content ?? {}),
        ...Object.values(operation.responses).flatMap(({ content }) =>
          Object.values(content ?? {}),
        ),
        ...(operation.parameters ?? []),
      ];
      for (const { schema } of bodies) shapes.set(JSON.stringify(schema), call);
    }
    for (const [shape, call] of shapes) {
      expect(() => ajv.compile(JSON.parse(shape)), call).not.toThrow();
    }
  });

  test('says of each call what it does, who may make it and how it is answered', () => {
    for (const { call, operation } of operations) {
      expect(operation.summary, call).toMatch(/\S/);
      expect(Array.isArray(operation.security), call).toBe(true);
      expect(Object.keys(operation.responses).some((status) => /^2/.test(status))).toBe(true);
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        expect(description, `${call} ${status}`).toEqual(expect.any(String));
        if (/^2/.test(status)) continue;
        expect({ call, status, content: Object.keys(content ?? {}) }).toEqual({
          call,
          status,
          content: ['application/problem+json'],
        });
      }
    }
  });

  test('knows both ways to say who asks, and asks for none on public calls', () => {
    expect(document.components.securitySchemes).toMatchObject({
      session: { type: 'apiKey', in: 'cookie' },
      token: { type: 'http', scheme: 'bearer' },
    });
    const open = operations
      .filter(({ operation }) => operation.security?.length === 0)
      .map(({ call }) => call.replace('/api/v1', ''));
    expect(open.sort()).toEqual([
      'GET /help/{company}',
      'GET /help/{company}/articles',
      'GET /help/{company}/files/{id}',
      'GET /help/{company}/search',
      'GET /help/{company}/{id}',
      'GET /public/{mailbox}/answers',
      'GET /public/{mailbox}/challenge',
      'GET /public/{mailbox}/module',
      'POST /account-links/open',
      'POST /account-links/use',
      'POST /contact/{mailbox}',
      'POST /help/{company}/{id}/vote',
      'POST /password-resets',
      'POST /public/conversations/{conversation}/solved',
      'POST /public/{mailbox}/ask',
      'POST /session',
    ]);
  });

  test('says that uploads are multipart forms', () => {
    const upload = document.paths['/api/v1/uploads']?.['post'];
    expect(Object.keys(upload?.requestBody?.content ?? {})).toEqual(['multipart/form-data']);
  });

  test('offers the Idempotency-Key on every changing call', () => {
    const without = operations
      .filter(({ call }) => !call.startsWith('GET'))
      .filter(
        ({ operation: { parameters = [] } }) =>
          !parameters.some(({ name, in: where }) => {
            return where === 'header' && name.toLowerCase() === 'idempotency-key';
          }),
      )
      .map(({ call }) => call.replace('/api/v1', ''));
    // What may happen any number of times needs no key.
    expect(without.sort()).toEqual([
      'DELETE /desk-texts/{kind}/{language}',
      'DELETE /me/photo',
      'DELETE /me/sessions',
      'DELETE /session',
      'POST /account-links/open',
      'POST /account-links/use',
      'POST /articles/preview',
      'POST /desk-texts/{kind}/{language}/preview',
      'POST /dkim-keys/{id}/check',
      'POST /help/{company}/{id}/vote',
      'POST /mailboxes/{id}/test',
      'POST /password-resets',
      'POST /public/conversations/{conversation}/solved',
      'POST /public/{mailbox}/ask',
      'POST /session',
      'POST /tickets/{number}/suggestions/{suggestion}/{mark}',
      'PUT /desk-texts/{kind}/{language}',
      'PUT /first-steps',
      'PUT /me/password',
      'PUT /me/photo',
      'PUT /tickets/{number}/presence',
      'PUT /tickets/{number}/read',
    ]);
  });

  test('asks for no body where the contract names no field', () => {
    for (const path of ['claim', 'release', 'resume', 'reopen']) {
      const operation = document.paths[`/api/v1/tickets/{number}/${path}`]?.['post'];
      expect({ path, required: operation?.requestBody?.required ?? false }).toEqual({
        path,
        required: false,
      });
    }
  });
});

test('/api/docs is a page that browses it', async () => {
  const { url } = contract;
  const answer = await fetch(`${url}/api/docs`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  const scripts = [...(await answer.text()).matchAll(/<script src="([^"]+)"/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, source] of scripts) {
    expect((await fetch(new URL(source ?? '', answer.url))).status).toBe(200);
  }
});

describe('what watches the process', () => {
  test('/healthz says that it lives', async () => {
    const answer = await fetch(`${contract.url}/healthz`);
    expect(answer.status).toBe(200);
  });

  test("/readyz says each dependency's state", async () => {
    const answer = await fetch(`${contract.url}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ database: 'ok', temporal: 'ok' });
  });

  test('/metrics is in the text format of Prometheus', async () => {
    const answer = await fetch(`${contract.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const lines = (await answer.text()).split('\n').filter((line) => line !== '');
    expect(lines.some((line) => line.startsWith('postkeep_http_requests_total{'))).toBe(true);
    expect(
      lines.filter(
        (line) =>
          !/^(# (HELP|TYPE) \S+|[a-z_:]\w*(\{.*\})? -?[\d.e+-]+|[a-z_:]\w*(\{.*\})? (NaN|[+-]Inf))/i.test(
            line,
          ),
      ),
    ).toEqual([]);
  });

  test('none of them is under /api/v1', async () => {
    const answer = await fetch(`${contract.url}/api/v1/healthz`);
    expect(answer.status).toBe(404);
  });
});
