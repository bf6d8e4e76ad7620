import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { insertArticle } from '../../database/queries/articles.ts';
import { insertCannedResponse } from '../../database/queries/canned-responses.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { insertLabel } from '../../database/queries/labels.ts';
import { insertToken } from '../../database/queries/tokens.ts';
import { createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, Method, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let workflows: RecordingWorkflows;
let acme: Desk;
let globex: Desk;
/** An admin of the other company. */
let stranger: string;

/** Only Acme has a ticket of this number, and Globex one of its own. */
const THEIRS = 7;
const OURS = 8;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_tenancy', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  acme = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  stranger = await api.tokenFor(globex, globex.anna);
  await customerWrote(acme, THEIRS, { subject: 'Secret lamp', text: 'Secret words' });
  await customerWrote(globex, OURS, { subject: 'Other lamp', text: 'Other words' });
  await fill(acme);
});

afterAll(() => api.stop());

/** One of everything that has an id. */
async function fill(desk: Desk): Promise<void> {
  const { company, bo } = desk;
  await desk.in(async (trx) => {
    await insertLabel(trx, { id: 'acme-label', name: 'secret-label' });
    await insertKnowledgeBase(trx, { id: 'acme-base', name: 'Secret base', public: true });
    await insertArticle(trx, {
      id: 'acme-article',
      knowledgeBase: 'acme-base',
      title: 'Secret article',
      body: 'Secret words',
    });
    const response = { id: 'acme-response', agent: null, title: 'Secret', body: 'Secret words' };
    await insertCannedResponse(trx, response);
    await insertToken(trx, { id: 'acme-token', name: 'secret-token', agent: bo, hash: 'x' });
    await trx('message').insert({
      company,
      id: 'acme-reply',
      ticket: THEIRS,
      direction: 'out',
      kind: 'reply',
      writer: bo,
      text: 'Secret words',
    });
    await trx('saved_view').insert({
      company,
      id: 'acme-view',
      agent: bo,
      name: 'Secret view',
      shared: true,
      view: 'open',
    });
    await trx('attachment').insert({
      company,
      id: 'acme-file',
      message: 'acme-reply',
      filename: 'secret.png',
      content_type: 'image/png',
      bytes: 3,
      hash: '0'.repeat(64),
    });
  });
  const by = { kind: 'agent', id: bo } as const;
  await happen(desk, THEIRS, [
    { by, event: { type: 'claimed', agent: bo, from: null } },
    { event: { type: 'reminded', kind: 'invited', agents: [bo], message: null } },
  ]);
}

/** Acme's id for each kind of path. */
const theirIds: { [resource: string]: string } = {
  agents: 'acme-bo',
  articles: 'acme-article',
  attachments: 'acme-file',
  'canned-responses': 'acme-response',
  customers: 'acme-eleanor',
  'knowledge-bases': 'acme-base',
  labels: 'acme-label',
  mailboxes: 'acme-mailbox',
  mails: `acme-mail-${THEIRS}`,
  messages: 'acme-reply',
  reminders: `reminder-${THEIRS}-4-acme-bo`,
  'saved-views': 'acme-view',
  teams: 'acme-support',
  tokens: 'acme-token',
};

const until = '2030-01-02T09:00:00Z';

/** What a call needs in its body to be asked at all; the others need nothing. */
const bodies: { [call: string]: object } = {
  'PATCH /tokens/:id': { name: 'Ours' },
  'PATCH /labels/:id': { name: 'taken over' },
  'PATCH /teams/:id': { name: 'taken over' },
  'PUT /articles/:id/draft': { title: 'X', body: 'X', base: 'x' },
  'POST /articles/:id/versions/:version/restore': { base: 'x' },
  'POST /customers/:id/notes': { text: 'taken over' },
  'POST /customers/:id/merge': { customer: 'globex-eleanor' },
  'PATCH /customers/:id/notes/:note': { text: 'taken over' },
  'POST /mails/:id/attach': { ticket: OURS },
  'PUT /messages/:id/remote-images': { always: true },
  'PATCH /tickets/:number': { subject: 'taken over' },
  'POST /tickets/:number/assign': { agent: 'globex-anna' },
  'POST /tickets/:number/auto-solve': { at: until },
  'POST /tickets/:number/notes': { text: 'taken over' },
  'PATCH /tickets/:number/notes/:note': { text: 'taken over' },
  'POST /tickets/:number/pend': { until },
  'PUT /tickets/:number/presence': { doing: 'viewing' },
  'POST /tickets/:number/reply': { text: 'taken over' },
  'POST /tickets/:number/team': { team: 'globex-support' },
  'PATCH /tickets/:number/next/:id': { at: until },
};

function pathWithTheirId(route: string): string {
  const resource = route.split('/')[1] ?? '';
  return route
    .replace(':number', String(THEIRS))
    .replace('/labels/:name', '/labels/secret-label')
    .replace(':agent', 'globex-anna')
    .replace(':note', 'globex-note')
    .replace(':address', 'taken@over.test')
    .replace('/next/:id', '/next/callback')
    .replace(':suggestion/:mark', 'acme-article/used')
    .replace(':version', '1')
    .replace(':id', theirIds[resource] ?? `no id is known for ${resource}`);
}

/** What every call writes by itself, refused or not: of the asking company, not of Acme. */
const OWN_TRACES = ['session', 'idempotency'];

/** Everything that Acme's tables hold: all that have a company. */
async function everything(desk: Desk): Promise<string> {
  return desk.in(async (trx) => {
    const tables = await trx('information_schema.columns')
      .where({ table_schema: trx.raw('current_schema()'), column_name: 'company' })
      .whereNotIn('table_name', OWN_TRACES)
      .orderBy('table_name')
      .pluck('table_name');
    expect(tables.length).toBeGreaterThan(40);
    const rows = [];
    for (const table of tables) {
      const all = trx.raw('jsonb_agg(to_jsonb(r) order by to_jsonb(r)::text) as all');
      rows.push([table, await trx(`${table} as r`).select(all)]);
    }
    return JSON.stringify(rows);
  });
}

const isMethod = (text: string): text is Method =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(text);

describe('an id of another company', () => {
  test('is not found, in the path of every call that takes one', async () => {
    const before = await everything(acme);
    const calls = api.app.routeTable
      .filter(({ path, auth }) => path.includes(':') && auth !== 'public')
      // A kind and a language name nothing: the answer is the asking company's own.
      .filter(({ path }) => !path.includes('/desk-texts/'))
      .map(({ method, path }) => ({ method, route: path.replace('/api/v1', '') }));
    expect(calls.length).toBeGreaterThan(60);
    for (const { method, route } of calls) {
      if (!isMethod(method)) continue;
      const body = bodies[`${method} ${route}`] ?? (method === 'GET' ? undefined : {});
      const answer = await api.call(stranger, method, pathWithTheirId(route), body);
      expect([method, route, answer.status]).toEqual([method, route, 404]);
      expect(answer.body.code).toBe('not_found');
      expect(answer.text).not.toContain('Secret');
    }
    expect(await everything(acme)).toBe(before);
    expect(workflows.asked).toEqual([]);
  });

  test('is not found in a body either', async () => {
    const ours = `/tickets/${OURS}`;
    const asked: [Method, string, object][] = [
      [
        'POST',
        '/agents',
        { name: 'X', email: 'x@globex.test', role: 'agent', teams: ['acme-support'] },
      ],
      ['PATCH', '/agents/globex-bo', { teams: ['acme-support'] }],
      ['POST', '/mailboxes', { address: 'new@globex.test', team: 'acme-support' }],
      ['PATCH', '/mailboxes/globex-mailbox', { team: 'acme-support' }],
      ['POST', '/articles', { knowledgeBase: 'acme-base', title: 'X', body: 'X' }],
      ['POST', '/tokens', { name: 'X', agent: 'acme-bo' }],
      ['POST', '/tickets', { mailbox: 'acme-mailbox', to: 'a@b.test', subject: 'X', text: 'X' }],
      ['PUT', '/saved-views/order', { views: ['acme-view'] }],
      ['POST', `${ours}/assign`, { agent: 'acme-bo' }],
      ['PUT', `${ours}/participants/acme-bo`, {}],
      ['POST', `${ours}/team`, { team: 'acme-support' }],
      ['POST', `${ours}/reply`, { text: 'X', attachments: ['acme-file'] }],
    ];
    for (const [method, path, body] of asked) {
      const answer = await api.call(stranger, method, path, body);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe('lists', () => {
  test('hold nothing of another company, whatever they are asked for', async () => {
    const lists = api.app.routeTable.filter(
      ({ method, path, auth }) =>
        method === 'GET' && !path.includes(':') && auth !== 'public' && !path.endsWith('/events'),
    );
    for (const { path } of lists) {
      const answer = await api.call(stranger, 'GET', path.replace('/api/v1', ''));
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text).not.toMatch(/secret|acme-/i);
    }
    const narrowed = [
      '/tickets?q=secret',
      '/tickets?customer=acme-eleanor',
      '/tickets?team=acme-support',
      '/tickets?label=secret-label',
      '/tickets?mailbox=acme-mailbox',
      '/customers?q=secret',
      `/tickets?number=${THEIRS}`,
      '/mails?q=secret',
      '/articles?q=secret',
      '/articles?knowledgeBase=acme-base',
      '/canned-responses?q=secret',
    ];
    for (const path of narrowed) {
      const answer: Answer = await api.call(stranger, 'GET', path);
      expect([path, answer.body.items]).toEqual([path, []]);
    }
  });

  test('the same names may be used by both', async () => {
    const label = await api.call(stranger, 'POST', '/labels', { name: 'secret-label' });
    expect(label.status).toBe(201);
    const team = await api.call(stranger, 'POST', '/teams', { name: 'Sales' });
    expect(team.status).toBe(201);
  });
});
