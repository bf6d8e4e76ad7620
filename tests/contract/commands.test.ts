import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

import { withToken } from './caller.ts';
import { postkeep, postkeepRows } from './cli.ts';
import { acme, newCompany, readCredentials, signIn } from './company.ts';
import type { Company } from './company.ts';
import { inSeconds } from './eventually.ts';
import { newTicket } from './letters.ts';
import { contract } from './product.ts';

let desk: Company;
let folder: string;

beforeAll(async () => {
  ({ folder } = contract);
  desk = await newCompany('tool');
});

const MODE = 0o777;
const ONLY_OWNER = 0o600;

describe('the data folder', () => {
  test('run.json holds the addresses', async () => {
    const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    const { url, smtpPort, temporalAddress, temporalUiUrl } = contract;
    expect(run).toMatchObject({
      url,
      smtp: { host: '127.0.0.1', port: smtpPort },
      temporal: { address: temporalAddress, uiUrl: temporalUiUrl },
      databaseUrl: expect.stringMatching(/^postgres(ql)?:\/\//),
      pid: expect.any(Number),
    });
    // Mail goes to SMTP_URL here, and so there is no catcher.
    expect(run.catcherUrl).toBeNull();
    expect(() => process.kill(run.pid, 0)).not.toThrow();
  });

  test('credentials.json holds company, admin, agents and apiToken, for its owner only', () => {
    expect(readCredentials(folder)).toEqual({
      company: 'acme',
      admin: { email: expect.stringMatching(/@acme\.test$/), password: expect.any(String) },
      agents: [],
      apiToken: expect.stringMatching(/^\S{20,}$/),
    });
    expect(statSync(join(folder, 'credentials.json')).mode & MODE).toBe(ONLY_OWNER);
  });

  test('nothing with a secret in it is for others', () => {
    // The database's password stands in the addresses.
    for (const name of ['run.json', 'secret']) {
      expect({ name, mode: statSync(join(folder, name)).mode & MODE }).toEqual({
        name,
        mode: ONLY_OWNER,
      });
    }
  });

  test('without demo has the company, admin, mailbox (with no team) and token only', async () => {
    const admin = acme();
    const list = async (path: string) => (await admin.done('GET', path)).body.items;
    expect(await list('/mailboxes')).toMatchObject([
      { address: 'support@acme.test', team: null, acknowledge: false, assistant: 'off' },
    ]);
    expect(await list('/agents')).toHaveLength(1);
    expect(await list('/tokens')).toHaveLength(1);
    for (const path of [
      '/teams',
      '/labels',
      '/canned-responses',
      '/knowledge-bases',
      '/articles',
      '/tickets',
      '/mails',
    ]) {
      expect({ path, items: await list(path) }).toEqual({ path, items: [] });
    }
  });
});

describe('npm run postkeep -- VERB', () => {
  test('without a verb, or with an unknown one, says what there is', async () => {
    const help = await postkeep(folder);
    const unknown = await postkeep(folder, 'explode');
    expect([help.code, unknown.code]).toEqual([0, 2]);
    for (const text of [help.stdout, unknown.stderr]) {
      for (const verb of ['company', 'agent', 'mailbox', 'token', 'rebuild-projection', 'doctor']) {
        expect(text).toContain(verb);
      }
    }
  });

  test('company lists them', async () => {
    const rows = await postkeepRows(folder, 'company', 'list');
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['acme', desk.id]));
  });

  test('agent adds one, who can sign in, and deactivates', async () => {
    const email = `clara@${desk.id}.test`;
    const words = ['agent', 'add', email, '--name', 'Clara', '--company', desk.id];
    const [row] = await postkeepRows(folder, ...words);
    const clara = await signIn(desk.admin.url, email, String(row?.['password']));
    expect((await clara.done('GET', '/me')).body.agent.name).toBe('Clara');
    const off = await postkeep(folder, 'agent', 'deactivate', email, '--company', desk.id);
    expect(off.code).toBe(0);
    expect((await clara.call('GET', '/me')).status).toBe(401);
  });

  test('mailbox adds one that takes mail', async () => {
    const address = `tool@${desk.id}.test`;
    await postkeepRows(folder, 'mailbox', 'add', address, '--company', desk.id);
    await newTicket(desk.admin, { to: address });
  });

  test('token adds one that works, and revokes it', async () => {
    const words = ['token', 'add', 'script', '--agent', desk.admin.email, '--company', desk.id];
    const [row] = await postkeepRows(folder, ...words);
    const caller = withToken(desk.admin.url, String(row?.['token']));
    expect((await caller.done('GET', '/me')).body.agent.email).toBe(desk.admin.email);
    await postkeep(folder, 'token', 'revoke', String(row?.['id']), '--company', desk.id);
    expect((await caller.call('GET', '/me')).status).toBe(401);
  });

  test('rebuild-projection makes the same read tables anew', async () => {
    const bo = await desk.agent('Bo');
    const { address } = desk.mailbox;
    const [one, two] = [
      await newTicket(desk.admin, { to: address }),
      await newTicket(desk.admin, { to: address }),
    ];
    await bo.done('POST', `/tickets/${one}/pend`, { until: inSeconds(3_600), reason: 'Why' });
    await bo.done('PUT', `/tickets/${one}/labels/Kept`);
    await bo.done('POST', `/tickets/${two}/assign`, { agent: desk.admin.id });
    await bo.done('POST', `/tickets/${two}/reply`, { text: 'x', sendAt: inSeconds(3_600) });
    const look = () =>
      Promise.all(
        [
          '/tickets',
          '/views',
          '/reminders',
          `/tickets/${one}`,
          `/tickets/${one}/next`,
          `/tickets/${two}/timeline`,
          `/tickets/${two}/next`,
        ].map(async (path) => (await desk.admin.done('GET', path)).body),
      );
    const before = await look();
    const done = await postkeep(folder, 'rebuild-projection', '--company', desk.id);
    expect(done.code).toBe(0);
    expect(await look()).toEqual(before);
    await bo.done('POST', `/tickets/${one}/resume`);
  });

  test('doctor finds nothing wrong', async () => {
    const { code, stdout } = await postkeep(folder, 'doctor');
    expect(stdout).not.toContain('WRONG');
    expect(code).toBe(0);
  });
});
