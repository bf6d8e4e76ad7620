import { beforeAll, describe, expect, test } from 'vitest';

import { createCaller, withToken } from './caller.ts';
import type { Caller } from './caller.ts';
import { newCompany, signIn } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { handOver, newTicket, rawOf, write } from './letters.ts';
import { refusalOf } from './shown.ts';

const forbidden = { status: 403, code: 'forbidden' };

let desk: Company;
let bo: SignedInAgent;
let team: { id: string; name: string };
let knowledgeBase: string;

beforeAll(async () => {
  desk = await newCompany('settings');
  [bo, team] = await Promise.all([desk.agent('Bo'), desk.team('Support')]);
  const made = await desk.admin.done('POST', '/knowledge-bases', { name: 'Lamps' });
  knowledgeBase = made.body.id;
});

interface Resource {
  path: string;
  /** A new one, different for each count. */
  make: (count: number) => object;
  change: object;
  /** Who may change it. */
  by: 'agent' | 'admin';
  canDelete: boolean;
}

const resources: Resource[] = [
  {
    path: '/labels',
    make: (count) => ({ name: `Label ${count}` }),
    change: { name: 'Urgent' },
    by: 'agent',
    canDelete: true,
  },
  {
    path: '/canned-responses',
    make: (count) => ({ title: `Hello ${count}`, body: 'Hi {{customer.name}}' }),
    change: { title: 'Greeting', body: 'Dear {{customer.name}}' },
    by: 'agent',
    canDelete: true,
  },
  {
    path: '/knowledge-bases',
    make: (count) => ({ name: `Shelves ${count}`, public: true }),
    change: { name: 'All shelves', public: false },
    by: 'agent',
    canDelete: true,
  },
  {
    path: '/articles',
    make: (count) => ({ knowledgeBase, title: `How to hang ${count}`, body: 'With a hook.' }),
    change: { title: 'Hanging', body: 'With two hooks.', published: true, labels: ['hooks'] },
    by: 'agent',
    canDelete: true,
  },
  {
    path: '/teams',
    make: (count) => ({ name: `Team ${count}` }),
    change: { name: 'Returns' },
    by: 'admin',
    canDelete: true,
  },
  {
    path: '/mailboxes',
    make: (count) => ({ address: `box-${count}@${desk.id}.test`, name: `Box ${count}` }),
    change: { name: 'The box', signature: 'Yours', acknowledge: true, assistant: 'suggest' },
    by: 'admin',
    canDelete: true,
  },
  {
    path: '/agents',
    make: (count) => ({
      name: `Agent ${count}`,
      email: `agent-${count}@${desk.id}.test`,
      role: 'agent',
      teams: [],
    }),
    change: { name: 'Agent Smith', role: 'admin', active: false, undoSeconds: 30 },
    by: 'admin',
    canDelete: false,
  },
];

describe.each(resources)('$path: usual CRUD', ({ path, make, change, by, canDelete }) => {
  test('make (201), show, change, list and delete (204, then 404)', async () => {
    const made = await desk.admin.call('POST', path, make(0));
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect((await desk.admin.done('GET', `${path}/${id}`)).body).toEqual(made.body);
    const changed = await desk.admin.call('PATCH', `${path}/${id}`, change);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...change, id });
    const listed = await desk.admin.done('GET', `${path}?limit=200`);
    expect(listed.body.items).toContainEqual(changed.body);
    if (!canDelete) return;
    expect((await desk.admin.call('DELETE', `${path}/${id}`)).status).toBe(204);
    for (const [method, body] of [['GET'], ['PATCH', change], ['DELETE']] as const) {
      const after = await desk.admin.call(method, `${path}/${id}`, body);
      expect({ method, status: after.status }).toEqual({ method, status: 404 });
    }
  });

  test('pages by cursor: each item once, in one order, whatever the limit', async () => {
    for (const count of [1, 2, 3]) await desk.admin.done('POST', path, make(count));
    const whole = await desk.admin.done('GET', `${path}?limit=200`);
    const ids = whole.body.items.map(({ id }: { id: string }) => id);
    expect(whole.body.nextCursor).toBeNull();
    expect(await pagedIds(desk.admin, path, 1)).toEqual(ids);
    expect(await pagedIds(desk.admin, path, 2)).toEqual(ids);
  });

  test(`may be changed by ${by === 'admin' ? 'administrators only' : 'every agent'}`, async () => {
    const made = await desk.admin.done('POST', path, make(9));
    expect((await bo.call('GET', path)).status).toBe(200);
    expect((await bo.call('GET', `${path}/${made.body.id}`)).status).toBe(200);
    const calls = [
      await bo.call('POST', path, make(10)),
      await bo.call('PATCH', `${path}/${made.body.id}`, change),
      ...(canDelete ? [await bo.call('DELETE', `${path}/${made.body.id}`)] : []),
    ];
    const expected = by === 'admin' ? [403, 403, 403] : [201, 200, 204];
    expect(calls.map(({ status }) => status)).toEqual(expected.slice(0, calls.length));
  });
});

async function pagedIds(caller: Caller, path: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await caller.done('GET', `${path}?limit=${limit}${after}`);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    ids.push(...body.items.map(({ id }: { id: string }) => id));
    cursor = body.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe('a list', () => {
  test.each(['0', '-1', 'many', '1.5'])('with limit=%s is refused', async (limit) => {
    const answer = await desk.admin.call('GET', `/labels?limit=${limit}`);
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 400,
      code: 'validation',
    });
  });

  test('with a limit above 200 is clamped', async () => {
    const answer = await desk.admin.call('GET', '/labels?limit=100000');
    expect(answer.status).toBe(200);
  });

  test('with a cursor of nobody, or of another list, is refused', async () => {
    const { body } = await desk.admin.done('GET', '/agents?limit=1');
    for (const cursor of ['nonsense', body.nextCursor]) {
      const answer = await desk.admin.call('GET', `/tickets?cursor=${cursor}`);
      expect({ status: answer.status, code: answer.body.code }).toEqual({
        status: 400,
        code: 'validation',
      });
    }
  });
});

describe('two of one name', () => {
  test.each([
    ['/labels', () => ({ name: 'Twice' })],
    ['/teams', () => ({ name: 'Twice' })],
    ['/mailboxes', () => ({ address: `twice@${desk.id}.test` })],
    [
      '/agents',
      () => ({ name: 'Tw Ice', email: `twice@${desk.id}.test`, role: 'agent', teams: [] }),
    ],
  ] as const)('are refused in %s', async (path, make) => {
    await desk.admin.done('POST', path, make());
    const again = await desk.admin.call('POST', path, make());
    expect({ status: again.status, code: again.body.code }).toEqual({
      status: 409,
      code: 'already_exists',
    });
  });
});

describe('/agents', () => {
  test('POST without a password is an invitation: nobody can sign in yet', async () => {
    const { body } = await desk.admin.done('POST', '/agents', {
      name: 'Invited',
      email: `invited@${desk.id}.test`,
      role: 'agent',
      teams: [team.id],
    });
    expect(body).toMatchObject({ role: 'agent', teams: [team], hasPassword: false });
  });

  test('POST with a password lets the agent in, with role and teams', async () => {
    const made = await desk.agent('Cleo', { role: 'admin', teams: [team.id] });
    const me = await made.done('GET', '/me');
    expect(me.body).toMatchObject({
      agent: { id: made.id, name: 'Cleo', role: 'admin' },
      company: { id: desk.id },
      teams: [team],
    });
  });

  test.each([
    ['an unknown role', { role: 'owner' }, 400],
    ['no mail address', { email: 'nobody' }, 400],
    ['an unknown team', { teams: ['nothing'] }, 404],
    ['a short password', { password: 'x' }, 400],
    ['no name', { name: ' ' }, 400],
  ])('POST with %s is refused', async (_, wrong, status) => {
    const answer = await desk.admin.call('POST', '/agents', {
      name: 'Wrong',
      email: `wrong@${desk.id}.test`,
      role: 'agent',
      teams: [],
      ...wrong,
    });
    expect(answer.status).toBe(status);
  });

  test('an agent may change the own name and password, and nothing else', async () => {
    const own = await desk.agent('Own');
    const path = `/agents/${own.id}`;
    expect((await own.call('PATCH', path, { name: 'Owen' })).status).toBe(200);
    expect((await own.call('PATCH', path, { role: 'admin' })).status).toBe(403);
    expect((await own.call('PATCH', `/agents/${bo.id}`, { name: 'X' })).status).toBe(403);
    const password = 'another password';
    const elsewhere = await signIn(own.url, own.email, own.password);
    // Whoever finds a screen left open knows no password, and sets none: here it is never taken.
    expect(refusalOf(await own.call('PATCH', path, { password }))).toEqual(forbidden);
    const guessed = { current: 'not this', password };
    const wrong = await own.call('PUT', '/me/password', guessed);
    expect(refusalOf(wrong)).toEqual({ status: 400, code: 'validation' });
    await signIn(own.url, own.email, own.password);
    await own.done('PUT', '/me/password', { current: own.password, password });
    const again = await signIn(own.url, own.email, password);
    expect((await again.done('GET', '/me')).body.agent.name).toBe('Owen');
    // The session that changed it goes on; the others, and the old password, are of no use.
    expect((await own.call('GET', '/me')).status).toBe(200);
    expect((await elsewhere.call('GET', '/me')).status).toBe(401);
    const { email, password: old } = own;
    const late = await createCaller(own.url, {}).call('POST', '/session', { email, password: old });
    expect(refusalOf(late)).toEqual({ status: 401, code: 'unauthenticated' });
  });

  test('an admin sets a password of others without knowing theirs, but not the own', async () => {
    const other = await desk.agent('Other');
    const password = 'given by the admin';
    await desk.admin.done('PATCH', `/agents/${other.id}`, { password });
    expect((await other.call('GET', '/me')).status).toBe(401);
    await signIn(other.url, other.email, password);
    const own = await desk.admin.call('PATCH', `/agents/${desk.admin.id}`, { password });
    expect(refusalOf(own)).toEqual(forbidden);
    await signIn(other.url, desk.admin.email, desk.admin.password);
  });

  test('DELETE deactivates: the agent can sign in no more, and stays in the history', async () => {
    const gone = await desk.agent('Gone');
    expect((await bo.call('DELETE', `/agents/${gone.id}`)).status).toBe(403);
    expect((await desk.admin.call('DELETE', `/agents/${gone.id}`)).status).toBe(204);
    expect((await gone.call('GET', '/me')).status).toBe(401);
    const { body } = await desk.admin.done('GET', `/agents/${gone.id}`);
    expect(body).toMatchObject({ name: 'Gone', active: false });
    expect((await desk.admin.call('DELETE', '/agents/nobody')).status).toBe(404);
  });

  test('of nobody are 404 for agents too, not 403', async () => {
    expect((await bo.call('PATCH', '/agents/nobody', { name: 'X' })).status).toBe(404);
  });
});

describe('/mailboxes', () => {
  test('take mail from the moment they are made, and in their team', async () => {
    const address = `sales@${desk.id}.test`;
    const { raw } = rawOf({ to: address });
    expect(await handOver(raw, { from: 'a@b.test', to: [address] })).toMatch(/^550/);
    await desk.admin.done('POST', '/mailboxes', { address, team: team.id });
    const number = await newTicket(desk.admin, { to: address });
    const ticket = await desk.admin.done('GET', `/tickets/${number}`);
    expect(ticket.body).toMatchObject({ team, mailbox: { address } });
  });

  test.each(['support+x@a.test', 'nothing'])('are not made for %s', async (address) => {
    const answer = await desk.admin.call('POST', '/mailboxes', { address });
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 400,
      code: 'validation',
    });
  });

  test('PATCH takes name, team, signature, acknowledge and assistant, each alone', async () => {
    const made = await desk.admin.done('POST', '/mailboxes', { address: `p@${desk.id}.test` });
    const path = `/mailboxes/${made.body.id}`;
    for (const change of [
      { name: 'Parts' },
      { team: team.id },
      { signature: 'Kind regards' },
      { acknowledge: true },
      { assistant: 'answer' },
      { team: null },
    ]) {
      const { body } = await desk.admin.done('PATCH', path, change);
      expect(body).toMatchObject('team' in change ? { team: change.team ? team : null } : change);
    }
    for (const wrong of [{ assistant: 'on' }, { acknowledge: 'yes' }, { team: 'nothing' }]) {
      const answer = await desk.admin.call('PATCH', path, wrong);
      expect(answer.status).toBe('team' in wrong ? 404 : 400);
    }
  });

  test('and teams with mail in them cannot be deleted', async () => {
    const used = await desk.team('Used');
    await desk.admin.done('PATCH', `/mailboxes/${desk.mailbox.id}`, { team: used.id });
    await write(desk.admin, { to: desk.mailbox.address });
    for (const path of [`/mailboxes/${desk.mailbox.id}`, `/teams/${used.id}`]) {
      const answer = await desk.admin.call('DELETE', path);
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 409,
        code: 'not_allowed',
      });
    }
  });
});

describe('/canned-responses', () => {
  test('personal ones are seen by their agent only', async () => {
    const mine = await bo.done('POST', '/canned-responses', {
      title: 'Mine',
      body: 'Only for me',
      personal: true,
    });
    const path = `/canned-responses/${mine.body.id}`;
    expect((await bo.call('GET', path)).status).toBe(200);
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await desk.admin.call(method, path)).status).toBe(404);
    }
    const { body } = await desk.admin.done('GET', '/canned-responses?limit=200');
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(mine.body.id);
  });
});

describe('/tokens', () => {
  test('are renamed by PATCH, and work no more after DELETE', async () => {
    const { body } = await desk.admin.done('POST', '/tokens', { name: 'Old name' });
    const path = `/tokens/${body.id}`;
    const renamed = await desk.admin.call('PATCH', path, { name: 'New name' });
    expect(renamed.status).toBe(200);
    expect(renamed.body).toMatchObject({ id: body.id, name: 'New name' });
    expect((await desk.admin.call('DELETE', path)).status).toBe(204);
    expect((await desk.admin.call('GET', path)).status).toBe(404);
    expect((await withToken(desk.admin.url, body.token).call('GET', '/me')).status).toBe(401);
  });

  test('show their secret once, when they are made, and act as their agent', async () => {
    const made = await desk.admin.call('POST', '/tokens', { name: 'Script', agent: bo.id });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Script', agent: { id: bo.id } });
    expect(made.body.token).toMatch(/^\S{20,}$/);
    const { text } = await desk.admin.done('GET', '/tokens?limit=200');
    expect(text).toContain(made.body.id);
    expect(text).not.toContain(made.body.token);
  });

  test('are for administrators', async () => {
    const made = await desk.admin.done('POST', '/tokens', { name: 'Mine' });
    expect((await bo.call('GET', '/tokens')).status).toBe(403);
    expect((await bo.call('POST', '/tokens', { name: 'Bo' })).status).toBe(403);
    expect((await bo.call('DELETE', `/tokens/${made.body.id}`)).status).toBe(403);
  });
});
