import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

import { agent } from '../../cli/verbs/agent.ts';
import { company } from '../../cli/verbs/company.ts';
import { importArticles } from '../../cli/verbs/import-articles.ts';
import { mailbox } from '../../cli/verbs/mailbox.ts';
import { migrate } from '../../cli/verbs/migrate.ts';
import { rebuildProjection } from '../../cli/verbs/rebuild-projection.ts';
import { token } from '../../cli/verbs/token.ts';
import type { Verb } from '../../cli/verbs/verb.ts';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { listAudit } from '../../database/queries/audit.ts';
import { createTestDatabase } from '../../stack/test-stack.ts';
import { createDesk, customerWrote } from '../api/desk.ts';

let databaseUrl: string;
let database: Database;

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('databaseUrl'), 'admin_tool');
  database = createDatabase(databaseUrl, { poolMax: 2 });
});

afterAll(() => database.close());

/** What a verb prints, line by line. */
async function say(verb: Verb, ...words: string[]): Promise<string[]> {
  const lines: string[] = [];
  await verb.run(words, {
    print: (line) => void lines.push(line),
    database: () => database,
    databaseUrl: () => databaseUrl,
  });
  return lines;
}

const sayJson = async (verb: Verb, ...words: string[]): Promise<{ [field: string]: unknown }[]> =>
  (await say(verb, ...words, '--json')).map((line) => JSON.parse(line));

test('a company is added with an admin, once', async () => {
  const words = ['add', 'globex', '--name', 'Globex', '--admin-email', 'Boss@Globex.test'];
  const [made] = await sayJson(company, ...words);
  expect(made).toMatchObject({ company: 'globex', email: 'boss@globex.test' });
  expect(made?.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  await expect(say(company, ...words)).rejects.toThrow('already');
  expect(await say(company, 'list')).toEqual([
    expect.stringMatching(/^id +name +createdAt$/),
    expect.stringMatching(/^globex +Globex +2/),
  ]);
  await expect(say(company, 'add', 'Bad Id', '--name', 'X')).rejects.toThrow('no id');
});

test('agents are added, given passwords and deactivated', async () => {
  await sayJson(agent, 'add', 'eva@globex.test', '--name', 'Eva');
  const [changed] = await sayJson(agent, 'password', 'eva@globex.test');
  expect(changed?.email).toBe('eva@globex.test');
  await say(agent, 'deactivate', 'eva@globex.test');
  const agents = await sayJson(agent, 'list');
  expect(agents).toMatchObject([
    { name: 'Admin', active: true },
    { name: 'Eva', active: false },
  ]);
  await expect(say(agent, 'deactivate', 'boss@globex.test')).rejects.toThrow('active admin');
  await expect(say(agent, 'password', 'x@globex.test')).rejects.toThrow('no agent');
  await expect(say(agent, 'add', 'x@globex.test')).rejects.toThrow('--name is missing');
});

test('mailboxes and tokens are added, and a token shows once', async () => {
  await say(mailbox, 'add', 'help@globex.test');
  expect(await sayJson(mailbox, 'list')).toMatchObject([{ address: 'help@globex.test' }]);
  const [made] = await sayJson(token, 'add', 'script', '--agent', 'boss@globex.test');
  expect(String(made?.token).length).toBeGreaterThan(40);
  expect(JSON.stringify(await say(token, 'list'))).not.toContain(made?.token);
  await say(token, 'revoke', String(made?.id));
  expect(await say(token, 'list')).toEqual(['(none)']);
});

test('what it changed stands in the audit log, and what it did not does not', async () => {
  await say(agent, 'deactivate', 'eva@globex.test');
  await expect(say(token, 'revoke', 'nothing')).rejects.toThrow('no token');
  const all = { actor: null, kind: null, limit: 50, cursor: null };
  const { items } = await database.withCompany('globex', (trx) => listAudit(trx, all));
  expect(items.every(({ actor, way }) => actor === null && way === 'tool')).toBe(true);
  // Entries of one transaction have one time.
  const told = items.map(({ kind, act, name }) => `${kind} ${act}: ${name}`);
  expect(told.reverse()).toEqual([
    ...told.slice(0, 2),
    'agent made: Eva',
    'agent passwordSet: Eva',
    'agent deactivated: Eva',
    'mailbox made: help@globex.test',
    'token made: script',
    'token deleted: script',
  ]);
  expect(told.slice(0, 2).sort()).toEqual(['agent made: Admin', 'company made: Globex']);
});

test('with several companies one has to be named', async () => {
  const desk = await createDesk(database, 'acme');
  await customerWrote(desk, 1, { subject: 'Lamp', text: 'Hello' });
  await expect(say(agent, 'list')).rejects.toThrow('give one of acme, globex');
  await expect(say(agent, 'list', '--company', 'nope')).rejects.toThrow('no company "nope"');
  expect(await sayJson(agent, 'list', '--company', 'acme')).toHaveLength(2);
});

test('a folder of Markdown becomes articles, and again only what has changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-articles-'));
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  put('orders/late.md', '# Late\n\nSee ![map](../map.png) and [returns](returns.md).\n');
  put('orders/returns.md', '---\ntitle: Returns\nlanguage: sv\n---\nSend it, see [x](x.pdf).\n');
  put('empty.md', '# Empty\n');
  put('.hidden/a.md', '# Hidden\n\nx');
  put('map.png', png);
  const env = { DATABASE_URL: databaseUrl, POSTKEEP_DATA: join(folder, '.data') };
  const away = { TEMPORAL_ADDRESS: '127.0.0.1:1', SMTP_URL: 'smtp://127.0.0.1:1' };
  for (const [name, value] of Object.entries({ ...env, ...away })) vi.stubEnv(name, value);
  const words = [folder, '--company', 'acme', '--knowledge-base', 'Guide'];
  const articles = () =>
    database.withCompany('acme', (trx) => trx('article').select().orderBy('title'));
  try {
    expect(await say(importArticles, ...words)).toEqual([
      'The knowledge base "Guide" is made, for agents only.',
      'empty.md: it has no text',
      'orders/returns.md: it leads to "orders/x.pdf", which is not there',
      '2 made, 0 changed, 0 the same, 2 problems',
    ]);
    const [late, returns] = await articles();
    expect(late).toMatchObject({ title: 'Late', labels: ['orders'], published: false });
    expect(returns).toMatchObject({ title: 'Returns', language: 'sv' });
    expect(late.body).toContain(`/help/acme/${returns.id})`);
    const file = /attachment:([0-9a-f]+)/.exec(late.body)?.[1];
    const uploads = () => database.withCompany('acme', (trx) => trx('attachment').select());
    expect(await uploads()).toMatchObject([{ id: file, content_type: 'image/png' }]);

    put('orders/returns.md', '---\ntitle: Sending back\nlanguage: sv\n---\nSend it.\n');
    const again = await say(importArticles, ...words, '--publish');
    expect(again.at(-1)).toBe('0 made, 2 changed, 0 the same, 1 problems');
    expect((await say(importArticles, ...words)).at(-1)).toMatch(/^0 made, 0 changed, 2 the same/);
    put('orders/late.md', '# Late\n\nWait.\n');
    expect((await say(importArticles, ...words)).at(-1)).toMatch(/^0 made, 1 changed, 1 the same/);
    // What is published is changed in its draft until that is published too.
    const [after, renamed] = await articles();
    expect([after.id, after.published, after.body]).toEqual([late.id, true, late.body]);
    expect([renamed.id, renamed.title]).toEqual([returns.id, 'Sending back']);
    expect(await uploads()).toHaveLength(1);
    const drafts = await database.withCompany('acme', (trx) => trx('article_draft').select());
    expect(drafts).toMatchObject([{ article: late.id, body: 'Wait.' }]);
  } finally {
    process.exitCode = 0;
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
  await expect(say(importArticles, ...words)).rejects.toThrow('ENOENT');
});

test('read tables are rebuilt to the rows that they had', async () => {
  const rows = () =>
    database.withCompany('acme', (trx) => trx('ticket').select().orderBy('number'));
  const before = await rows();
  await database.withCompany('acme', (trx) => trx('ticket').update({ subject: 'wrong' }));
  expect(await say(rebuildProjection)).toEqual([
    'acme: 1 ticket rebuilt',
    'globex: 0 tickets rebuilt',
  ]);
  expect(await rows()).toEqual(before);
});

test('migrating a new schema changes nothing', async () => {
  expect(await say(migrate)).toEqual(['The schema is the newest.']);
});
