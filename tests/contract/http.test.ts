import { beforeAll, describe, expect, test } from 'vitest';

import { createCaller, withToken } from './caller.ts';
import type { Method } from './caller.ts';
import { acme, cookieOf, newCompany, readCredentials, signIn } from './company.ts';
import type { Company } from './company.ts';
import { documentOf } from './openapi.ts';
import { contract } from './product.ts';

const MIB = 1024 * 1024;
/** What an agent who chose nothing is told of, by mail and in the browser. */
const reminderKinds = [
  ...['callback', 'customer_replied', 'invited', 'mentioned'],
  ...['assigned', 'delivery_failed'],
];

let desk: Company;
let url: string;
const nobody = () => createCaller(url, {});

beforeAll(async () => {
  ({ url } = contract);
  desk = await newCompany('http');
});

describe('a session', () => {
  test('is made by POST /session {email, password}, which answers with the agent', async () => {
    const { admin } = readCredentials(contract.folder);
    const answer = await nobody().call('POST', '/session', admin);
    expect(answer.status).toBe(200);
    const me = await createCaller(url, { cookie: cookieOf(answer.headers) }).done('GET', '/me');
    expect(me.body.agent.email).toBe(admin.email);
  });

  test('is a cookie that scripts and other sites cannot use, Secure only by https', async () => {
    const { email, password } = desk.admin;
    const answer = await nobody().done('POST', '/session', { email, password });
    const [cookie = '', ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(/;\s*HttpOnly/i);
    expect(cookie).toMatch(/;\s*SameSite=(Lax|Strict)/i);
    expect(cookie).toMatch(/;\s*Path=\/(;|$)/i);
    expect(cookie).not.toMatch(/;\s*Secure/i);
  });

  test('ends with DELETE /session', async () => {
    const agent = await signIn(url, desk.admin.email, desk.admin.password);
    expect((await agent.call('DELETE', '/session')).status).toBe(204);
    const after = await agent.call('GET', '/me');
    expect(after.status).toBe(401);
    expect(after.body.code).toBe('unauthenticated');
  });

  test.each([
    ['a wrong password', () => ({ email: desk.admin.email, password: 'not this' })],
    ['an unknown address', () => ({ email: `nobody@${desk.id}.test`, password: 'not this' })],
  ])('is not made with %s, and nobody learns which it was', async (_, credentials) => {
    const answer = await nobody().call('POST', '/session', credentials());
    expect(answer.status).toBe(401);
    expect(answer.body.detail).toBe('The address or the password is wrong.');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('of a deactivated agent works no more', async () => {
    const gone = await desk.agent('Gone');
    await desk.admin.done('PATCH', `/agents/${gone.id}`, { active: false });
    expect((await gone.call('GET', '/me')).status).toBe(401);
    const again = await nobody().call('POST', '/session', {
      email: gone.email,
      password: gone.password,
    });
    expect(again.status).toBe(401);
  });

  test('cannot be used by the page of another site', async () => {
    const agent = await signIn(url, desk.admin.email, desk.admin.password);
    const answer = await agent.call(
      'POST',
      '/labels',
      { name: 'Stolen' },
      {
        origin: 'https://evil.test',
      },
    );
    expect(answer.status).toBe(403);
  });
});

describe('a token', () => {
  test('of credentials.json acts as the admin', async () => {
    const { body } = await acme().done('GET', '/me');
    expect(body).toEqual({
      agent: {
        id: expect.any(String),
        name: expect.any(String),
        email: readCredentials(contract.folder).admin.email,
        role: 'admin',
        language: null,
        timeZone: null,
        photo: null,
        signature: '',
        signatureHtml: null,
        undoSeconds: 5,
        ownUndoSeconds: null,
        notifications: { mail: reminderKinds, browser: reminderKinds },
      },
      company: {
        id: 'acme',
        name: 'Acme',
        limits: { attachmentBytesMax: 10 * MIB, mailBytesMax: 25 * MIB },
        firstSteps: true,
      },
      teams: [],
    });
  });

  test('is refused with 401 when it is unknown, deleted or no token at all', async () => {
    const made = await desk.admin.done('POST', '/tokens', { name: 'short-lived' });
    const caller = withToken(url, made.body.token);
    expect((await caller.call('GET', '/me')).status).toBe(200);
    await desk.admin.done('DELETE', `/tokens/${made.body.id}`);
    for (const bad of [caller, withToken(url, 'unknown'), nobody()]) {
      const answer = await bad.call('GET', '/me');
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe('unauthenticated');
    }
  });
});

describe('an error', () => {
  test('is an RFC 9457 problem document with a stable code', async () => {
    const answer = await desk.admin.call('GET', '/tickets/4711');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status: 404,
      detail: expect.any(String),
      code: 'not_found',
    });
  });

  test.each([
    ['GET', '/nothing/here'],
    ['DELETE', '/me'],
  ] as const)('%s %s, which is no call, is a problem document too', async (method, path) => {
    const answer = await desk.admin.call(method, path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.code).toBe('not_found');
  });

  test.each([
    ['broken JSON', 'application/json', '{"name":', 400, 'validation'],
    ['JSON that is no object', 'application/json', '[1]', 400, 'validation'],
    ['no JSON at all', 'text/csv', 'name;x', 415, 'type_not_allowed'],
    ['far too much', 'application/json', `{"name":"${'x'.repeat(3_000_000)}"}`, 413, 'too_large'],
  ])('%s is refused', async (_, type, body, status, code) => {
    const answer = await desk.admin.call('POST', '/labels', body, { 'content-type': type });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test('of a text that no mail has is not_found, whatever is asked of it', async () => {
    for (const path of ['nothing/en', 'summary/nothing']) {
      for (const [method, body] of [['PUT', { text: 'x' }], ['DELETE']] as const) {
        const answer = await desk.admin.call(method, `/desk-texts/${path}`, body);
        expect({ path, status: answer.status, code: answer.body.code }).toEqual({
          path,
          status: 404,
          code: 'not_found',
        });
      }
    }
  });

  test('of a ticket number that is none is not_found', async () => {
    for (const number of ['0', '-1', '1.5', 'abc', '99999999999999999999']) {
      const answer = await desk.admin.call('GET', `/tickets/${number}`);
      expect({ number, status: answer.status, code: answer.body.code }).toEqual({
        number,
        status: 404,
        code: 'not_found',
      });
    }
  });
});

/**
 * A path with ids of nothing: what is unknown is refused before anything is looked up. A kind and a
 * language are of a closed list, and any other word is no path.
 */
function somePath(path: string): string {
  return path
    .replace('{number}', '4711')
    .replace('{kind}/{language}', 'summary/sv')
    .replace('{mark}', 'used')
    .replace('{version}', '1')
    .replace(/\{\w+\}/g, 'nothing');
}

test('an unknown query parameter is refused by every call with 400, naming it', async () => {
  const { document } = await documentOf(url);
  for (const [path, methods] of Object.entries(document.paths)) {
    // The rate limit of the contact form counts every call.
    if (path.startsWith('/api/v1/contact')) continue;
    for (const [method, { requestBody }] of Object.entries(methods)) {
      // A body that is missing is named first.
      if (requestBody?.required === true) continue;
      const call = `${somePath(path).replace('/api/v1', '')}?nonsense=1`;
      const answer = await desk.admin.call(methodOf(method), call);
      expect({ call, status: answer.status }).toEqual({ call, status: 400 });
      expect(answer.body.code).toBe('validation');
      expect(answer.body.detail).toContain('nonsense');
    }
  }
});

test('an unknown body field is refused by every call that takes a body, naming it', async () => {
  const { document } = await documentOf(url);
  for (const [path, methods] of Object.entries(document.paths)) {
    if (path.startsWith('/api/v1/contact')) continue;
    for (const [method, { requestBody }] of Object.entries(methods)) {
      if (!requestBody?.content['application/json']) continue;
      const answer = await desk.admin.call(
        methodOf(method),
        somePath(path).replace('/api/v1', ''),
        { nonsense: 1 },
      );
      expect({ call: `${method} ${path}`, status: answer.status }).toEqual({
        call: `${method} ${path}`,
        status: 400,
      });
      expect(answer.body.code).toBe('validation');
      expect(answer.body.detail).toContain('nonsense');
    }
  }
});

function methodOf(name: string): Method {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
  const found = methods.find((one) => one === name.toUpperCase());
  if (!found) throw new Error(`"${name}" is no method of ours`);
  return found;
}

test('times are ISO 8601 in UTC', async () => {
  const { body } = await desk.admin.done('GET', `/mailboxes/${desk.mailbox.id}`);
  expect(body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('a new mailbox has acknowledge false and assistant off', async () => {
  const { body } = await desk.admin.done('GET', `/mailboxes/${desk.mailbox.id}`);
  expect(body).toMatchObject({ acknowledge: false, assistant: 'off', team: null });
});
