import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import type { CompanyTransaction } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import { forgetOldUploads, insertUpload } from '../../database/queries/attachments.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Method, ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_settings');
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
});

afterAll(() => api.stop());

const names = (items: { name?: string; title?: string; address?: string }[]): unknown[] =>
  items.map((item) => item.name ?? item.title ?? item.address);

describe('labels', () => {
  test('are made, renamed and deleted, each name once whatever its capitals', async () => {
    const made = await api.call(bo, 'POST', '/labels', { name: ' damaged ' });
    expect(made).toMatchObject({ status: 201, body: { name: 'damaged' } });
    const twice = await api.call(bo, 'POST', '/labels', { name: 'Damaged' });
    expect(twice.body).toMatchObject({ status: 409, code: 'already_exists' });
    const path = `/labels/${made.body.id}`;
    expect((await api.call(bo, 'PATCH', path, { name: 'broken' })).body.name).toBe('broken');
    expect((await api.call(bo, 'GET', path)).body.name).toBe('broken');
    expect((await api.call(bo, 'DELETE', path)).status).toBe(204);
    expect((await api.call(bo, 'DELETE', path)).status).toBe(404);
  });

  test('are listed by name, page by page', async () => {
    for (const name of ['b', 'C', 'a', 'ä', 'D']) await api.call(bo, 'POST', '/labels', { name });
    const whole = await api.call(bo, 'GET', '/labels');
    expect(names(whole.body.items)).toEqual(['a', 'b', 'C', 'D', 'ä']);
    const found: unknown[] = [];
    let cursor = '';
    do {
      const page = await api.call(bo, 'GET', `/labels?limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...names(page.body.items));
      cursor = page.body.nextCursor ?? '';
    } while (cursor !== '');
    expect(found).toEqual(['a', 'b', 'C', 'D', 'ä']);
  });

  test('need a name that is more than blanks, and no field that we do not know', async () => {
    const refused = async (body: object) => (await api.call(bo, 'POST', '/labels', body)).status;
    expect(await refused({})).toBe(400);
    expect(await refused({ name: '  ' })).toBe(400);
    expect(await refused({ name: 'x', colour: 'red' })).toBe(400);
    expect(await refused({ name: 'x'.repeat(101) })).toBe(400);
  });
});

describe('agents', () => {
  const agent = { name: 'Eva Nord', email: 'Eva@Acme.Test', role: 'agent', teams: [] };

  test('are added by admins, sign in with their password and see their teams', async () => {
    const asBo = await api.call(bo, 'POST', '/agents', agent);
    expect(asBo.body).toMatchObject({ status: 403, code: 'forbidden' });
    const body = { ...agent, teams: [desk.billing], password: 'a good password' };
    const made = await api.call(anna, 'POST', '/agents', body);
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Eva Nord',
        email: 'eva@acme.test',
        role: 'agent',
        active: true,
        teams: [{ id: desk.billing, name: 'Billing' }],
        hasPassword: true,
      },
    });
    expect(made.text).not.toContain('password"');
    const sign = { email: 'eva@acme.test', password: 'a good password' };
    expect((await api.call('', 'POST', '/session', sign)).status).toBe(200);
    const again = await api.call(anna, 'POST', '/agents', body);
    expect(again.body).toMatchObject({ status: 409, code: 'already_exists' });
  });

  test('who are deactivated cannot do anything any more', async () => {
    const body = { ...agent, email: 'gone@acme.test' };
    const made = await api.call(anna, 'POST', '/agents', body);
    const token = await api.tokenFor(desk, made.body.id);
    expect((await api.call(token, 'GET', '/me')).status).toBe(200);
    const path = `/agents/${made.body.id}`;
    const off = await api.call(anna, 'PATCH', path, { active: false });
    expect(off.body.active).toBe(false);
    expect((await api.call(token, 'GET', '/me')).status).toBe(401);
  });

  test('change of themselves what is theirs, and nothing of others', async () => {
    const mine = await api.call(bo, 'PATCH', `/agents/${desk.bo}`, { undoSeconds: 10 });
    expect(mine.body.undoSeconds).toBe(10);
    const role = await api.call(bo, 'PATCH', `/agents/${desk.bo}`, { role: 'admin' });
    expect(role.status).toBe(403);
    const other = await api.call(bo, 'PATCH', `/agents/${desk.anna}`, { name: 'X' });
    expect(other.status).toBe(403);
  });

  test('the last admin stays one', async () => {
    for (const change of [{ role: 'agent' }, { active: false }]) {
      const answer = await api.call(anna, 'PATCH', `/agents/${desk.anna}`, change);
      expect(answer.body).toMatchObject({ status: 409, code: 'not_allowed' });
    }
    expect((await api.call(anna, 'GET', '/me')).body.agent.role).toBe('admin');
  });
});

describe('teams', () => {
  test('go when they have no ticket', async () => {
    const made = await api.call(anna, 'POST', '/teams', { name: 'Returns' });
    expect(made.body).toMatchObject({ name: 'Returns', agents: [] });
    expect((await api.call(anna, 'DELETE', `/teams/${made.body.id}`)).status).toBe(204);
    await customerWrote(desk, 1, { subject: 'Lamp', text: 'Hello', team: desk.support });
    const used = await api.call(anna, 'DELETE', `/teams/${desk.support}`);
    expect(used.body).toMatchObject({ status: 409, code: 'not_allowed' });
    expect(used.body.detail).toContain('#1');
  });
});

describe('mailboxes', () => {
  test('answer nobody by themselves until somebody wants it', async () => {
    const made = await api.call(anna, 'POST', '/mailboxes', { address: 'Sales@Acme.test' });
    expect(made).toMatchObject({
      status: 201,
      body: {
        address: 'sales@acme.test',
        name: 'sales@acme.test',
        team: null,
        acknowledge: false,
        assistant: 'off',
        signature: '',
      },
    });
    const path = `/mailboxes/${made.body.id}`;
    const changed = await api.call(anna, 'PATCH', path, {
      team: desk.billing,
      acknowledge: true,
      assistant: 'suggest',
      signature: 'Acme',
    });
    expect(changed.body).toMatchObject({
      team: { id: desk.billing, name: 'Billing' },
      acknowledge: true,
      assistant: 'suggest',
      signature: 'Acme',
    });
    expect((await api.call(anna, 'PATCH', path, { team: null })).body.team).toBeNull();
    expect((await api.call(anna, 'PATCH', path, { assistant: 'always' })).status).toBe(400);
  });

  test('have an address of their own, without a plus', async () => {
    const make = async (address: string) =>
      (await api.call(anna, 'POST', '/mailboxes', { address })).status;
    expect(await make('support@acme.test')).toBe(409);
    expect(await make('support+1@acme.test')).toBe(400);
    expect(await make('nowhere')).toBe(400);
  });

  test('with mail stay', async () => {
    const answer = await api.call(anna, 'DELETE', `/mailboxes/${desk.mailbox}`);
    expect(answer.body).toMatchObject({ status: 409, code: 'not_allowed' });
  });
});

describe('tokens', () => {
  test('show their secret once, act as their agent and end when revoked', async () => {
    const made = await api.call(anna, 'POST', '/tokens', { name: 'script', agent: desk.bo });
    expect(made.status).toBe(201);
    const { id, token } = made.body;
    expect((await api.call(token, 'GET', '/me')).body.agent.id).toBe(desk.bo);
    const list = await api.call(anna, 'GET', '/tokens');
    expect(list.text).not.toContain(token);
    expect(list.body.items.map((item: { id: string }) => item.id)).toContain(id);
    expect((await api.call(bo, 'GET', '/tokens')).status).toBe(403);
    expect((await api.call(anna, 'DELETE', `/tokens/${id}`)).status).toBe(204);
    expect((await api.call(token, 'GET', '/me')).status).toBe(401);
    expect((await api.call(anna, 'GET', `/tokens/${id}`)).status).toBe(404);
  });

  test('leave no secret under an idempotency key', async () => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: `Bearer ${anna}`, 'idempotency-key': 'token-once' },
      payload: { name: 'kept' },
    });
    const secret: string = answer.json().token;
    const kept = await desk.in((trx) => trx('idempotency').select());
    expect(JSON.stringify(kept)).not.toContain(secret);
  });
});

async function upload(trx: CompanyTransaction, agent: string): Promise<string> {
  const id = newId();
  const file = { filename: 'form.pdf', contentType: 'application/pdf', bytes: 4, hash: 'h' };
  await insertUpload(trx, { id, agent, ...file });
  return id;
}

describe('canned responses', () => {
  test('are the company’s or an agent’s own, which nobody else sees', async () => {
    const body = { title: 'Refund', body: 'It is on its way.' };
    const shared = await api.call(bo, 'POST', '/canned-responses', body);
    expect(shared.body).toMatchObject({ personal: false, agent: null });
    const own = await api.call(bo, 'POST', '/canned-responses', { ...body, personal: true });
    expect(own.body).toMatchObject({ personal: true, agent: { id: desk.bo } });
    expect((await api.call(bo, 'GET', '/canned-responses')).body.items).toHaveLength(2);
    expect((await api.call(bo, 'GET', '/canned-responses?personal=true')).body.items).toHaveLength(
      1,
    );
    expect((await api.call(anna, 'GET', '/canned-responses?q=way')).body.items).toHaveLength(1);
    const path = `/canned-responses/${own.body.id}`;
    for (const method of ['GET', 'PATCH', 'DELETE'] satisfies Method[]) {
      const answer = await api.call(anna, method, path, method === 'PATCH' ? {} : undefined);
      expect(answer.status).toBe(404);
    }
    const changed = await api.call(bo, 'PATCH', path, { personal: false, title: 'Money back' });
    expect(changed.body).toMatchObject({ personal: false, title: 'Money back' });
    expect((await api.call(anna, 'DELETE', path)).status).toBe(204);
  });

  test('bring labels, files and what follows along, and count their use', async () => {
    const file = await desk.in((trx) => upload(trx, desk.bo));
    const made = await api.call(bo, 'POST', '/canned-responses', {
      title: 'Form',
      body: 'Please fill in the form, {{customer.firstName | "friend"}}.',
      folder: 'Orders/Returns',
      labels: ['return'],
      afterSend: { pend: { days: 3 } },
      attachments: [file],
    });
    expect(made.body).toMatchObject({
      folder: 'Orders/Returns',
      labels: ['return'],
      afterSend: { pend: { days: 3 } },
      attachments: [{ id: file, filename: 'form.pdf' }],
      used: 0,
      usedAt: null,
    });
    const path = `/canned-responses/${made.body.id}`;
    const used = await api.call(anna, 'POST', `${path}/use`);
    expect(used.body).toMatchObject({ used: 1, usedAt: expect.any(String) });
    const inFolder = await api.call(anna, 'GET', '/canned-responses?folder=Orders%2FReturns');
    expect(inFolder.body.items).toHaveLength(1);

    await desk.in((trx) => trx.raw(`update attachment set created_at = now() - interval '1 year'`));
    await desk.in((trx) => forgetOldUploads(trx, 1));
    expect((await api.call(anna, 'GET', path)).body.attachments).toHaveLength(1);
    const theirs = await desk.in((trx) => upload(trx, desk.bo));
    const refusal = await api.call(anna, 'PATCH', path, { attachments: [file, theirs] });
    expect(refusal).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const plain = await api.call(anna, 'PATCH', path, { attachments: [], afterSend: null });
    expect(plain.body).toMatchObject({ attachments: [], afterSend: null, labels: ['return'] });
    const odd = [{ folder: '/x' }, { afterSend: {} }, { afterSend: { pend: { days: 0 } } }];
    for (const body of odd) expect((await api.call(bo, 'PATCH', path, body)).status).toBe(400);
  });

  test('go out as CSV and come in as CSV, where the same again changes nothing', async () => {
    const csv = 'folder,title,text,for\nHome,Mine,Only Bo sees this.,me\nHome,,x,\n';
    const first = await api.call(bo, 'POST', '/canned-responses/import', { csv });
    expect(first.body).toEqual({
      made: 1,
      changed: 0,
      problems: [{ line: 3, reason: 'The title is empty.' }],
    });
    const again = await api.call(bo, 'POST', '/canned-responses/import', { csv });
    expect(again.body).toMatchObject({ made: 0, changed: 1 });
    const out = await api.app.inject({
      url: '/api/v1/canned-responses/export',
      headers: { authorization: `Bearer ${bo}` },
    });
    expect(out.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(out.body).toContain('Home,Mine,Only Bo sees this.,,,me');
    const hers = await api.app.inject({
      url: '/api/v1/canned-responses/export',
      headers: { authorization: `Bearer ${anna}` },
    });
    expect(hers.body).not.toContain('Only Bo');
  });
});

describe('knowledge bases', () => {
  test('hold articles, which are found by what they say', async () => {
    const base = await api.call(bo, 'POST', '/knowledge-bases', { name: 'Help' });
    expect(base.body).toMatchObject({ name: 'Help', public: false, articles: 0 });
    const article = {
      knowledgeBase: base.body.id,
      title: 'Lumen 40: new shade',
      body: 'Turn the ring until it clicks twice. 100 % glass.',
      labels: ['lumen-40'],
      published: true,
    };
    const made = await api.call(bo, 'POST', '/articles', article);
    expect(made).toMatchObject({
      status: 201,
      body: { knowledgeBase: { name: 'Help' }, language: 'en', published: true },
    });
    const found = async (query: string) =>
      (await api.call(bo, 'GET', `/articles?${query}`)).body.items.length;
    expect(await found('q=RING+lumen')).toBe(1);
    expect(await found('q=ring+sofa')).toBe(1);
    expect(await found('q=sofa')).toBe(0);
    expect(await found('q=100+%25')).toBe(1);
    expect(await found(`knowledgeBase=${base.body.id}&published=true&language=en`)).toBe(1);
    expect(await found('published=false')).toBe(0);
    const path = `/articles/${made.body.id}`;
    const changed = await api.call(bo, 'PATCH', path, { title: 'Lumen 40', language: 'sv' });
    expect(changed.body).toMatchObject({ title: 'Lumen 40', language: 'sv', labels: ['lumen-40'] });
    const count = await api.call(bo, 'GET', `/knowledge-bases/${base.body.id}`);
    expect(count.body.articles).toBe(1);
    expect((await api.call(bo, 'DELETE', `/knowledge-bases/${base.body.id}`)).status).toBe(204);
    expect((await api.call(bo, 'GET', path)).status).toBe(404);
  });
});

test('the same key makes a thing once, and refuses another', async () => {
  const make = async (name: string) => {
    const headers = { authorization: `Bearer ${anna}`, 'idempotency-key': 'team-once' };
    const url = '/api/v1/teams';
    const answer = await api.app.inject({ method: 'POST', url, headers, payload: { name } });
    return { status: answer.statusCode, id: answer.json().id, code: answer.json().code };
  };
  const first = await make('Repairs');
  expect(first.status).toBe(201);
  expect(await make('Repairs')).toMatchObject({ status: 201, id: first.id });
  expect(await make('Others')).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
});
