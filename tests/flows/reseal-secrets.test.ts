import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { dkimKeyPlace } from '../../mail/outbound/sealed-key.ts';
import { placeOf } from '../../mail/servers/sealed-server.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { createTestDatabase } from '../../stack/test-stack.ts';
import { createDesk } from '../api/desk.ts';
import type { Desk } from '../api/desk.ts';
import { postkeepWith } from '../contract/cli.ts';

/** Each command is a process that starts by itself. */
vi.setConfig({ testTimeout: 60_000 });

const OLDEST = 'the-secret-of-two-years-ago';
const OLD = 'the-secret-of-last-year';
const NEW = 'the-secret-of-today';

let folder: string;
let databaseUrl: string;
let database: Database;
let acme: Desk;
let globex: Desk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-reseal-'));
  databaseUrl = await createTestDatabase(inject('databaseUrl'), 'reseal_secrets');
  database = createDatabase(databaseUrl, { poolMax: 2 });
  [acme, globex] = [await createDesk(database, 'acme'), await createDesk(database, 'globex')];
  await keepSecrets(acme, OLD);
  await keepSecrets(globex, OLDEST);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const serverOf = ({ company, mailbox }: Desk) => ({ company, mailbox, direction: 'in' }) as const;

/** A server with two secrets, and a key that signs. */
async function keepSecrets(desk: Desk, under: string): Promise<void> {
  const sealer = createSealer(under);
  const server = serverOf(desk);
  const seal = (plain: string, field: 'secret' | 'client_secret') =>
    sealer.seal(plain, placeOf(server, field));
  const { company } = desk;
  await desk.in(async (trx) => {
    await trx('mailbox_server').insert({
      ...server,
      ...{ host: 'imap.test', port: 993, tls: 'implicit', login: 'acme', auth: 'oauth2' },
      secret: seal('refresh token', 'secret'),
      client_secret: seal('client secret', 'client_secret'),
    });
    const private_key = sealer.seal('private key', dkimKeyPlace(company, 'k1'));
    const key = { company, id: 'k1', domain: 'acme.test', selector: 's', public_key: 'p' };
    await trx('dkim_key').insert({ ...key, private_key });
  });
}

/** The secrets as they open with the new one alone. */
async function opened(desk: Desk): Promise<string[]> {
  const sealer = createSealer(NEW);
  const [server, key] = await desk.in((trx) =>
    Promise.all([trx('mailbox_server').first(), trx('dkim_key').first()]),
  );
  return [
    sealer.open(server.secret, placeOf(serverOf(desk), 'secret')),
    sealer.open(server.client_secret, placeOf(serverOf(desk), 'client_secret')),
    sealer.open(key.private_key, dkimKeyPlace(desk.company, 'k1')),
  ];
}

const reseal = (old: string) =>
  postkeepWith(
    folder,
    { DATABASE_URL: databaseUrl, POSTKEEP_SECRET: NEW, POSTKEEP_OLD_SECRETS: old },
    'reseal-secrets',
  );

test('nothing of a company changes while one of its secrets does not open', async () => {
  const rows = () => acme.in((trx) => trx('mailbox_server'));
  const before = await rows();
  await acme.in((trx) =>
    trx('dkim_key').update({
      private_key: createSealer('lost').seal('x', dkimKeyPlace('acme', 'k1')),
    }),
  );
  const { code, stderr } = await reseal(`${OLD} ${OLDEST}`);
  expect(code).toBe(1);
  expect(stderr).toContain('Nothing of acme was changed');
  expect(stderr).toContain('POSTKEEP_OLD_SECRETS');
  expect(await rows()).toEqual(before);
});

test('what old secrets sealed opens with the new one alone; again changes nothing', async () => {
  const private_key = createSealer(OLD).seal('private key', dkimKeyPlace('acme', 'k1'));
  await acme.in((trx) => trx('dkim_key').update({ private_key }));
  const first = await reseal(`${OLD} ${OLDEST}`);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout.trim().split('\n')).toEqual([
    'acme: 3 sealed anew, 0 were sealed so already',
    'globex: 3 sealed anew, 0 were sealed so already',
  ]);
  const secrets = ['refresh token', 'client secret', 'private key'];
  expect([await opened(acme), await opened(globex)]).toEqual([secrets, secrets]);
  const again = await reseal('');
  expect(again.stdout).toContain('acme: 0 sealed anew, 3 were sealed so already');
  expect(JSON.stringify([first, again])).not.toMatch(/refresh token|client secret|private key/);
});
