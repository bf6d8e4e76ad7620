import { beforeAll, describe, expect, test } from 'vitest';

import type { Method } from './caller.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { inSeconds } from './eventually.ts';
import { newTicket, write } from './letters.ts';
import { documentOf } from './openapi.ts';
import { contract } from './product.ts';

let ours: Company;
let theirs: Company;
/** Ids of company A, by the word that their paths begin with. */
let ids: Record<string, string>;
let agent: SignedInAgent;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([newCompany('company-a'), newCompany('company-b')]);
  agent = await ours.agent('Anna');
  const { admin, mailbox } = ours;
  // Company B has fewer tickets, so that no number of ours is one of theirs.
  await newTicket(theirs.admin, { to: theirs.mailbox.address });
  for (const _ of [1, 2]) await newTicket(admin, { to: mailbox.address });
  const number = await newTicket(admin, { to: mailbox.address });
  await admin.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
  await admin.done('POST', `/tickets/${number}/assign`, { agent: agent.id });
  await admin.done('PUT', `/tickets/${number}/labels/Secret`);
  const reply = await admin.done('POST', `/tickets/${number}/reply`, {
    text: 'x',
    sendAt: inSeconds(3_600),
  });
  const form = new FormData();
  form.append('file', new Blob(['secret']), 'x.txt');
  const made = async (path: string, body: unknown) =>
    String((await admin.done('POST', path, body)).body.id);
  const knowledgeBase = await made('/knowledge-bases', { name: 'Lamps' });
  const open = await made('/knowledge-bases', { name: 'Help', public: true });
  const help = { knowledgeBase: open, title: 'x', body: 'x', published: true };
  const ticket = (await admin.done('GET', `/tickets/${number}`)).body;
  const parked = await write(admin, { to: mailbox.address, from: mailbox.address });
  ids = {
    tickets: String(number),
    customers: ticket.customer.id,
    messages: reply.body.message.id,
    attachments: await made('/uploads', form),
    mails: parked.id,
    reminders: (await agent.done('GET', '/reminders')).body.items[0].id,
    labels: (await admin.done('GET', '/labels')).body.items[0].id,
    'canned-responses': await made('/canned-responses', { title: 'x', body: 'x' }),
    'knowledge-bases': knowledgeBase,
    articles: await made('/articles', { knowledgeBase, title: 'x', body: 'x', published: true }),
    help: await made('/articles', help),
    teams: await made('/teams', { name: 'Support' }),
    agents: agent.id,
    mailboxes: mailbox.id,
    tokens: await made('/tokens', { name: 'x' }),
    'saved-views': await made('/saved-views', { name: 'x', view: 'open', query: {}, shared: true }),
    'dkim-keys': await made('/dkim-keys', { domain: mailbox.address.split('@')[1] }),
  };
});

/** Bodies that are right in all but the ids, by the last word of the path. */
const bodies: Record<string, () => object> = {
  claim: () => ({}),
  assign: () => ({ agent: agent.id }),
  reply: () => ({ text: 'x' }),
  pend: () => ({ until: inSeconds(3_600) }),
  solve: () => ({ summary: false }),
  'auto-solve': () => ({ at: inSeconds(3_600) }),
  team: () => ({ team: null }),
  notes: () => ({ text: 'x' }),
  merge: () => ({ customer: 'x' }),
  attach: () => ({ ticket: 1 }),
  'remote-images': () => ({ always: true }),
  vote: () => ({ helped: 'yes' }),
  presence: () => ({ doing: 'viewing' }),
  restore: () => ({ base: 'x' }),
  'PUT /articles/{id}/draft': () => ({ title: 'x', body: 'x', base: 'x' }),
  'PATCH /tickets/{number}': () => ({ subject: 'x' }),
  'PATCH /tickets/{number}/notes/{note}': () => ({ text: 'x' }),
  'PATCH /customers/{id}/notes/{note}': () => ({ text: 'x' }),
  'PATCH /labels/{id}': () => ({ name: 'x' }),
  'PATCH /teams/{id}': () => ({ name: 'x' }),
  'PATCH /tokens/{id}': () => ({ name: 'x' }),
  'PATCH /tickets/{number}/next/{id}': () => ({ at: inSeconds(3_600) }),
};

function bodyOf(method: string, path: string): object {
  const last = path.split('/').at(-1) ?? '';
  return (bodies[`${method} ${path}`] ?? bodies[last])?.() ?? {};
}

function methodOf(name: string): Method {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
  const found = methods.find((one) => one === name.toUpperCase());
  if (!found) throw new Error(`"${name}" is no method of ours`);
  return found;
}

test('company B gets 404 for every id of company A, on every path', async () => {
  const { document } = await documentOf(contract.url);
  const tried: string[] = [];
  for (const [template, methods] of Object.entries(document.paths)) {
    const path = template.replace('/api/v1', '');
    const first = path.split('/')[1] ?? '';
    // An address that everybody may write to names the company of its mailbox, whoever asks.
    if (!path.includes('{') || first === 'contact' || first === 'public') continue;
    // What everybody may read of a company names no id but its own.
    if (first === 'help' && !path.includes('{id}')) continue;
    // A kind and a language name a text of whoever asks; below, that no text of ours is theirs.
    if (first === 'desk-texts') continue;
    const id = ids[path.includes('/files/') ? 'attachments' : first];
    if (id === undefined) throw new Error(`there is no id for ${path}`);
    const given = path
      .replace(/\{(number|id)\}/, id)
      .replace('{company}', theirs.id)
      .replace('{agent}', agent.id)
      .replace('{note}', 'x')
      .replace('{suggestion}/{mark}', 'x/used')
      .replace('{version}', '1')
      .replace('{address}', 'x@y.test')
      .replace('{name}', 'Secret')
      .replace('{id}', 'callback');
    for (const name of Object.keys(methods)) {
      const method = methodOf(name);
      const body = method === 'GET' || method === 'DELETE' ? undefined : bodyOf(method, path);
      const answer = await theirs.admin.call(method, given, body);
      expect({ call: `${method} ${path}`, status: answer.status, code: answer.body?.code }).toEqual(
        {
          call: `${method} ${path}`,
          status: 404,
          code: 'not_found',
        },
      );
      tried.push(`${method} ${path}`);
    }
  }
  expect(tried.length).toBeGreaterThan(60);
  expect(tried).toContain('GET /attachments/{id}/thumbnail');
});

describe('ids of company A in bodies of company B', () => {
  test.each<[Method, string, () => object]>([
    ['POST', '/tickets/1/assign', () => ({ agent: agent.id })],
    ['POST', '/tickets/1/team', () => ({ team: ids['teams'] })],
    ['POST', '/tickets/1/reply', () => ({ text: 'x', attachments: [ids['attachments']] })],
    ['POST', '/tickets', () => ({ ...mail(), mailbox: ours.mailbox.id })],
    ['POST', '/tickets', () => ({ ...mail(), attachments: [ids['attachments']] })],
    ['POST', '/articles', () => ({ title: 'x', body: 'x', knowledgeBase: ids['knowledge-bases'] })],
    ['POST', '/agents', () => ({ ...someone(), teams: [ids['teams']] })],
    ['POST', '/mailboxes', () => ({ address: `x@${theirs.id}.test`, team: ids['teams'] })],
    ['POST', '/tokens', () => ({ name: 'x', agent: agent.id })],
  ])('%s %s is 404', async (method, path, body) => {
    const answer = await theirs.admin.call(method, path, body());
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 404,
      code: 'not_found',
    });
  });

  const mail = () => ({ to: 'x@y.example', subject: 'x', text: 'x' });
  const someone = () => ({ name: 'X', email: `x@${theirs.id}.test`, role: 'agent' });
});

test('what everybody may read of company A is read under its own name', async () => {
  const { status } = await theirs.admin.call('GET', `/help/${ours.id}/${ids['help']}`);
  expect(status).toBe(200);
  const file = `/help/${ours.id}/files/${ids['attachments']}`;
  expect((await theirs.admin.call('GET', file)).status).toBe(404);
});

test('lists of company B hold nothing of company A', async () => {
  const { document } = await documentOf(contract.url);
  const secrets = Object.entries(ids)
    .filter(([word]) => word !== 'tickets')
    .map(([, id]) => id);
  for (const [template, methods] of Object.entries(document.paths)) {
    const path = template.replace('/api/v1', '');
    if (path.includes('{') || path === '/events' || !('get' in methods)) continue;
    const { text } = await theirs.admin.done('GET', path);
    expect(secrets.filter((id) => text.includes(id))).toEqual([]);
  }
});

test('texts of company A are not those of company B', async () => {
  const path = '/desk-texts/summary/sv';
  const textOf = async (company: Company) => {
    const { body } = await company.admin.done('GET', '/desk-texts');
    return body.items.find((item: { kind: string; language: string }) => {
      return item.kind === 'summary' && item.language === 'sv';
    });
  };
  const before = await textOf(theirs);
  await ours.admin.done('PUT', path, { text: 'Ours alone' });
  expect(await textOf(theirs)).toEqual({ ...before, isOwn: false });
  await theirs.admin.done('PUT', path, { text: 'Theirs alone' });
  expect(await textOf(ours)).toMatchObject({ text: 'Ours alone', isOwn: true });
  await theirs.admin.done('DELETE', path);
  expect(await textOf(theirs)).toEqual(before);
  expect(await textOf(ours)).toMatchObject({ text: 'Ours alone', isOwn: true });
});

test('after all this, company A has what it had', async () => {
  const { body } = await ours.admin.done('GET', `/tickets/${ids['tickets']}`);
  expect(body).toMatchObject({ state: 'pending', owner: { id: agent.id }, labels: ['Secret'] });
  const mails = await ours.admin.done('GET', '/mails?outcome=parked');
  expect(mails.body.items).toHaveLength(1);
});

test('one company may have an address that another has mail from', async () => {
  const from = 'both@customers.example';
  const [a, b] = await Promise.all([
    newTicket(ours.admin, { to: ours.mailbox.address, from }),
    newTicket(theirs.admin, { to: theirs.mailbox.address, from }),
  ]);
  const [ofA, ofB] = await Promise.all([
    ours.admin.done('GET', `/tickets/${a}`),
    theirs.admin.done('GET', `/tickets/${b}`),
  ]);
  expect(ofA.body.customer.id).not.toBe(ofB.body.customer.id);
});
