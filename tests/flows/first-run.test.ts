import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest';

import { isPassword } from '../../api/password.ts';
import { readCredentials } from '../../cli/credentials.ts';
import { demoTicketsMark, firstRun } from '../../cli/first-run.ts';
import { createDatabase } from '../../database/client.ts';
import type { CompanyTransaction } from '../../database/client.ts';
import { hashCredential } from '../../database/credential-hash.ts';
import { createTestDatabase, dropTestDatabase } from '../../stack/test-stack.ts';

const NAME = 'first_run';
const folders: string[] = [];
let databaseUrl: string;
let dataFolder: string;

beforeEach(async () => {
  databaseUrl = await createTestDatabase(inject('databaseUrl'), NAME);
  dataFolder = mkdtempSync(join(tmpdir(), 'postkeep-first-'));
  folders.push(dataFolder);
});

afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await dropTestDatabase(inject('databaseUrl'), NAME);
});

const credentialsFile = () => join(dataFolder, 'credentials.json');

async function inAcme<T>(look: (trx: CompanyTransaction) => Promise<T>): Promise<T> {
  const database = createDatabase(databaseUrl, { poolMax: 1 });
  try {
    return await database.withCompany('acme', look);
  } finally {
    await database.close();
  }
}

async function signsIn(email: string, password: string): Promise<boolean> {
  const row = await inAcme((trx) => trx('agent').where({ email }).first('password_hash'));
  return isPassword(password, row?.password_hash ?? null);
}

describe('the first run', () => {
  test('makes Acme with its people, who sign in with what the file says', async () => {
    const made = await firstRun({ databaseUrl, dataFolder, demo: true });
    if (!made) throw new Error('nothing was made');
    expect(made).toEqual(readCredentials(credentialsFile()));
    expect(statSync(credentialsFile()).mode & 0o777).toBe(0o600);
    expect(made).toMatchObject({ company: 'acme', admin: { email: 'admin@acme.test' } });
    expect(made.agents).toHaveLength(2);
    for (const { email, password } of [made.admin, ...made.agents]) {
      expect(await signsIn(email, password)).toBe(true);
      expect(await signsIn(email, `${password}x`)).toBe(false);
    }
    const token = await inAcme((trx) =>
      trx('api_token as k')
        .join('agent as a', 'a.id', 'k.agent')
        .where({ hash: hashCredential(made.apiToken) })
        .first('a.email', 'a.role'),
    );
    expect(token).toEqual({ email: 'admin@acme.test', role: 'admin' });
    expect(existsSync(demoTicketsMark(dataFolder))).toBe(true);
  });

  test('fills the desk with what a newcomer can look at', async () => {
    await firstRun({ databaseUrl, dataFolder, demo: true });
    const held = await inAcme(async (trx) => {
      const names = (table: string) => trx(table).orderBy('name').pluck('name');
      return {
        teams: await names('team'),
        labels: (await names('label')).length,
        articles: await trx('article').where({ published: true }).select('title', 'body'),
        personal: await trx('canned_response').whereNotNull('agent').distinct('agent'),
        shared: (await trx('canned_response').whereNull('agent').select('id')).length,
        mailbox: await trx('mailbox as b').join('team as t', 't.id', 'b.team').first(),
      };
    });
    expect(held.teams).toEqual(['Billing', 'Support']);
    expect(held.labels).toBeGreaterThan(5);
    expect(held.articles.length).toBeGreaterThanOrEqual(12);
    for (const { body } of held.articles) expect(body.length).toBeGreaterThan(300);
    expect(held.personal).toHaveLength(3);
    expect(held.shared).toBeGreaterThanOrEqual(4);
    expect(held.mailbox).toMatchObject({ address: 'support@acme.test', acknowledge: false });
  });

  test('without demo makes the company, its admin, a mailbox of no team and a token', async () => {
    const made = await firstRun({ databaseUrl, dataFolder, demo: false });
    expect(made?.agents).toEqual([]);
    const held = await inAcme(async (trx) => ({
      agents: await trx('agent').pluck('role'),
      teams: await trx('team').pluck('id'),
      mailboxes: await trx('mailbox').select('address', 'team'),
      labels: await trx('label').pluck('id'),
      articles: await trx('article').pluck('id'),
      tokens: (await trx('api_token').select('id')).length,
    }));
    expect(held).toEqual({
      agents: ['admin'],
      teams: [],
      mailboxes: [{ address: 'support@acme.test', team: null }],
      labels: [],
      articles: [],
      tokens: 1,
    });
    expect(existsSync(demoTicketsMark(dataFolder))).toBe(false);
  });

  test('makes nothing when there is a company', async () => {
    const made = await firstRun({ databaseUrl, dataFolder, demo: false });
    expect(await firstRun({ databaseUrl, dataFolder, demo: false })).toBeNull();
    expect(readCredentials(credentialsFile())).toEqual(made);
    rmSync(credentialsFile());
    expect(await firstRun({ databaseUrl, dataFolder, demo: false })).toBeNull();
    expect(existsSync(credentialsFile())).toBe(false);
  });
});

describe('a first run that was killed', () => {
  test('before the company was there is done again with the same passwords', async () => {
    const made = await firstRun({ databaseUrl, dataFolder, demo: false });
    renameSync(credentialsFile(), `${credentialsFile()}.draft`);
    databaseUrl = await createTestDatabase(inject('databaseUrl'), NAME);
    expect(await firstRun({ databaseUrl, dataFolder, demo: false })).toEqual(made);
    expect(await signsIn('admin@acme.test', made?.admin.password ?? '')).toBe(true);
    expect(readCredentials(credentialsFile())).toEqual(made);
  });

  test('after the company was there only gives the file its name', async () => {
    const made = await firstRun({ databaseUrl, dataFolder, demo: false });
    renameSync(credentialsFile(), `${credentialsFile()}.draft`);
    expect(await firstRun({ databaseUrl, dataFolder, demo: false })).toEqual(made);
    expect(await signsIn('admin@acme.test', made?.admin.password ?? '')).toBe(true);
    expect(readCredentials(credentialsFile())).toEqual(made);
    expect(existsSync(`${credentialsFile()}.draft`)).toBe(false);
  });
});
