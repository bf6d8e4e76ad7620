import { rootCertificates } from 'node:tls';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let globex: Desk;
let anna: string;
let bo: string;
let path: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_mailboxes');
  desk = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  path = `/mailboxes/${desk.mailbox}`;
});
afterAll(() => api.stop());

const change = (body: object) => api.call(anna, 'PATCH', path, body);

describe('the servers of a mailbox', () => {
  test('are kept with sealed secrets that no answer shows', async () => {
    const incoming = { host: 'imap.provider.test', password: 'open sesame' };
    const outgoing = { host: 'smtp.provider.test', login: 'acme', password: 'open sesame too' };
    const { status, body } = await change({ incoming, outgoing });
    expect(status).toBe(200);
    expect(body.incoming).toEqual({
      enabled: true,
      host: 'imap.provider.test',
      port: 993,
      tls: 'implicit',
      anyCertificate: false,
      ca: null,
      login: 'support@acme.test',
      passwordSet: true,
      oauth: null,
      folder: 'INBOX',
      taken: 'move',
      processedFolder: 'Processed',
      existing: 'unseen',
    });
    expect(body.outgoing).toMatchObject({ port: 587, tls: 'starttls', login: 'acme' });
    const rows = await desk.in((trx) => trx('mailbox_server'));
    expect(JSON.stringify([body, rows])).not.toContain('sesame');
    for (const { secret } of rows) expect(secret).toMatch(/^v1\.[0-9a-f]{12}\./);
  });

  test('may name an authority of their own, and nothing that is none', async () => {
    const wrong = await change({ incoming: { ca: '-----BEGIN CERTIFICATE-----\nx' } });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'validation' } });
    expect(wrong.body.detail).toContain('incoming.ca');
    const [authority = ''] = rootCertificates;
    const named = await change({ incoming: { ca: `Our own:\n${authority}\n` } });
    expect(named.body.incoming.ca).toBe(authority);
    expect((await change({ incoming: { enabled: true } })).body.incoming.ca).toBe(authority);
    expect((await change({ incoming: { ca: null } })).body.incoming.ca).toBeNull();
  });

  test('keep what a change leaves out, and want the secret again with another host', async () => {
    const { body } = await change({ incoming: { taken: 'seen', port: 143 } });
    expect(body.incoming).toMatchObject({ taken: 'seen', tls: 'starttls', passwordSet: true });
    const elsewhere = await change({ incoming: { host: 'imap.thief.test' } });
    expect(elsewhere).toMatchObject({ status: 400, body: { code: 'validation' } });
    expect(elsewhere.body.detail).toMatch(/password/);
  });

  test('take a refresh token for a password, and an encrypted way to its issuer', async () => {
    const client = { tokenEndpoint: 'https://issuer.test/token', clientId: 'postkeep' };
    const refused = await change({ incoming: { oauth: client } });
    expect(refused.body.detail).toMatch(/refreshToken is missing/);
    const oauth = { ...client, clientSecret: 'sesame', refreshToken: 'sesame' };
    const { body } = await change({ incoming: { oauth } });
    expect(body.incoming).toMatchObject({
      passwordSet: false,
      oauth: { ...client, scope: null, clientSecretSet: true, refreshTokenSet: true },
    });
    expect(JSON.stringify(body)).not.toContain('sesame');
    const scoped = await change({ incoming: { oauth: { ...client, scope: 'imap' } } });
    expect(scoped.body.incoming.oauth).toMatchObject({ scope: 'imap', refreshTokenSet: true });
    const open = { ...oauth, tokenEndpoint: 'http://issuer.test/token' };
    expect((await change({ incoming: { oauth: open } })).status).toBe(400);
  });

  test('are shown to admins only, with their health', async () => {
    const mine = await api.call(anna, 'GET', '/mailboxes');
    expect(mine.body.items[0]).toHaveProperty('incoming.host');
    expect(mine.body.items[0]).toHaveProperty('health');
    for (const url of ['/mailboxes', path]) {
      const { body } = await api.call(bo, 'GET', url);
      expect(JSON.stringify(body)).not.toMatch(/provider|incoming|outgoing|health/);
    }
    expect((await api.call(bo, 'PATCH', path, { incoming: null })).status).toBe(403);
    expect((await api.call(bo, 'POST', `${path}/test`, {})).status).toBe(403);
  });

  test('are refused when something is missing or does not fit', async () => {
    const statusOf = async (body: object) => (await change(body)).status;
    await change({ incoming: null });
    expect(await statusOf({ incoming: {} })).toBe(400);
    expect(await statusOf({ incoming: { host: 'a.test' } })).toBe(400);
    expect(await statusOf({ incoming: { host: 'a b', password: 'x' } })).toBe(400);
    expect(await statusOf({ incoming: { host: 'a.test', password: 'x', port: 0 } })).toBe(400);
    expect(await statusOf({ incoming: { host: 'a.test', password: 'x', colour: 1 } })).toBe(400);
    const folder = { folder: 'Done', processedFolder: 'Done' };
    expect(await statusOf({ incoming: { host: 'a.test', password: 'x', ...folder } })).toBe(400);
    expect((await api.call(anna, 'GET', path)).body.incoming).toBeNull();
  });
});

describe('aliases', () => {
  test('lead to one mailbox only, of whichever company', async () => {
    const { body } = await change({ aliases: ['Help@Acme.test', 'sales@acme.test'] });
    expect(body.aliases).toEqual(['help@acme.test', 'sales@acme.test']);
    const again = await change({ aliases: ['help@acme.test'] });
    expect(again.body.aliases).toEqual(['help@acme.test']);
    const stranger = await api.tokenFor(globex, globex.anna);
    const make = (address: string) => api.call(stranger, 'POST', '/mailboxes', { address });
    expect((await make('help@acme.test')).body.code).toBe('already_exists');
    expect((await make('sales@acme.test')).status).toBe(201);
    for (const taken of ['support@globex.test', 'sales@acme.test', 'support@acme.test']) {
      expect((await change({ aliases: [taken] })).body.code).toBe('already_exists');
    }
    expect((await change({ aliases: ['a+b@acme.test'] })).status).toBe(400);
  });
});

describe('testing a mailbox', () => {
  test('names a host without an address, and a port at which nobody listens', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port }: AddressInfo = JSON.parse(JSON.stringify(free.address()));
    await new Promise((resolve) => free.close(resolve));
    await change({
      incoming: { host: 'no-such-host.invalid', password: 'x' },
      outgoing: { host: '127.0.0.1', port, tls: 'none', login: null },
    });
    const { status, body } = await api.call(anna, 'POST', `${path}/test`, {});
    expect(status).toBe(200);
    expect(body.steps).toEqual([
      {
        direction: 'incoming',
        step: 'dns',
        ok: false,
        error: '"no-such-host.invalid" has no address: there is no such host.',
      },
      { direction: 'outgoing', step: 'dns', ok: true },
      {
        direction: 'outgoing',
        step: 'connection',
        ok: false,
        error: `No connection to 127.0.0.1:${port}: nothing listens at this port.`,
      },
    ]);
  });
});
