import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { keptTokens, readServer } from '../../database/queries/mailbox-servers.ts';
import { readAccessToken, TokenError } from '../../mail/servers/access-token.ts';
import { placeOf } from '../../mail/servers/sealed-server.ts';
import { startRunningDesk } from '../flows/running-desk.ts';
import type { RunningDesk } from '../flows/running-desk.ts';
import { startDovecot } from './dovecot.ts';
import { fetchFor, healthOf, ledgerOf, letter, readFrom, sealer } from './fetched-desk.ts';
import { CLIENT, startIssuer } from './issuer.ts';
import type { Issuer } from './issuer.ts';
import { withDovecot } from './with-dovecot.ts';

let desk: RunningDesk;
let issuer: Issuer;
beforeEach(async () => {
  [desk, issuer] = await Promise.all([startRunningDesk(), startIssuer('bo')]);
});
afterEach(() => Promise.all([desk.stop(), issuer.stop()]));

const seal = (text: string, field: 'secret' | 'client_secret') =>
  sealer.seal(text, placeOf({ ...desk, direction: 'in' }, field));

function grant() {
  return {
    auth: 'oauth2',
    login: 'bo',
    secret: seal(issuer.refreshToken(), 'secret'),
    client_id: CLIENT.id,
    client_secret: seal(CLIENT.secret, 'client_secret'),
    token_endpoint: issuer.tokenEndpoint,
  } as const;
}

const server = { ports: { imap: 1, imaps: 1, lmtp: 1 }, password: '' };

/** What a process of its own does. */
function token(refused: string | null = null): Promise<string> {
  const where = { company: desk.company, mailbox: desk.mailbox, direction: 'in' } as const;
  return readAccessToken(keptTokens(desk.database, where), sealer, refused);
}

describe('an access token', () => {
  test('is asked for once by many processes, and the new refresh token is kept', async () => {
    await readFrom(desk, server, 'bo', grant());
    const got = await Promise.all(Array.from({ length: 8 }, () => token()));
    expect(new Set(got)).toEqual(new Set(['access-1']));
    expect(issuer.asked).toHaveLength(1);
    const row = await desk.in((trx) => readServer(trx, desk.mailbox, 'in'));
    expect(sealer.open(row?.secret ?? '', placeOf({ ...desk, direction: 'in' }, 'secret'))).toBe(
      'refresh-1',
    );
    expect(JSON.stringify(row)).not.toMatch(/access-1|refresh-1/);
    expect(row?.version).toBe(1);
  });

  test('is another one when it runs out, and when the server did not take it', async () => {
    await readFrom(desk, server, 'bo', grant());
    expect(await token()).toBe('access-1');
    expect(await token('access-1')).toBe('access-2');
    expect(await token('access-1')).toBe('access-2');
    const soon = new Date(Date.now() + 30_000).toISOString();
    await desk.in((trx) => trx('mailbox_server').update({ access_token_until: soon }));
    expect(await token()).toBe('access-3');
  });

  test('that is not given is told in the words of the issuer', async () => {
    await readFrom(desk, server, 'bo', grant());
    issuer.revokeAll();
    await expect(token()).rejects.toThrow(TokenError);
    await expect(token()).rejects.toThrow('invalid_grant: used or revoked');
    await issuer.stop();
    await expect(token()).rejects.toThrow(/127\.0\.0\.1:\d+ does not answer/);
    issuer = await startIssuer('bo');
  });
});

describe('a token that comes when the settings are others', () => {
  const rowOf = () => desk.in((trx) => readServer(trx, desk.mailbox, 'in'));

  /** Asks as a process does, and an admin writes the settings before the answer is there. */
  async function renewDuring(written: { secret?: string; folder?: string }) {
    await readFrom(desk, server, 'bo', grant());
    const where = { company: desk.company, mailbox: desk.mailbox, direction: 'in' } as const;
    const store = keptTokens(desk.database, where);
    const before = await store.read();
    if (!before) throw new Error('there are no settings');
    expect(await store.lease(before, 60_000)).toBe(true);
    await desk.in((trx) =>
      trx('mailbox_server').update({
        ...written,
        version: before.version + 1,
        token_lease_until: null,
      }),
    );
    const after = await store.read();
    if (!after) throw new Error('there are no settings');
    expect(await store.lease(before, 60_000)).toBe(false);
    expect(await store.lease(after, 60_000)).toBe(true);
    const got = { accessToken: 'access', until: new Date().toISOString(), refreshToken: 'new' };
    await store.keep(before, got);
    await store.release(before);
    return rowOf();
  }

  test('leaves the secret of those and the lease of who asks by them', async () => {
    const secret = seal('another grant', 'secret');
    const row = await renewDuring({ secret });
    expect(row).toMatchObject({ secret, access_token: null });
    expect(row?.token_lease_until).not.toBeNull();
  });

  test('replaces the refresh token that they have kept, which is used up', async () => {
    const row = await renewDuring({ folder: 'Support' });
    expect(row).toMatchObject({ secret: 'new', access_token: null, folder: 'Support' });
  });
});

test('a token endpoint that never ends its answer is not read to the end', async () => {
  let sent = 0;
  const endless = createServer((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536))) sent += 65_536;
    };
    response.on('drain', more);
    more();
  });
  await new Promise<void>((ready) => void endless.listen(0, '127.0.0.1', ready));
  const { port }: AddressInfo = JSON.parse(JSON.stringify(endless.address()));
  await readFrom(desk, server, 'bo', {
    ...grant(),
    token_endpoint: `http://127.0.0.1:${port}/token`,
  });
  await expect(token()).rejects.toThrow('gives no access token');
  // Closes when the one who asked has let go.
  await new Promise((closed) => endless.close(closed));
  expect(sent).toBeLessThan(16 * 1024 * 1024);
});

withDovecot('XOAUTH2 at an IMAP server', () => {
  test('reads the mailbox, also after the token was called back before its time', async () => {
    const dovecot = await startDovecot({ tokenInfoUrl: issuer.tokenInfoUrl });
    await dovecot.deliver('bo', letter({ subject: 'by token' }));
    await readFrom(desk, dovecot, 'bo', grant());
    const fetching = fetchFor(desk);
    expect(await ledgerOf(desk, 1)).toMatchObject([{ subject: 'by token' }]);
    issuer.callBack('access-1');
    await dovecot.halt();
    await healthOf(desk, ({ error }) => error !== null);
    await dovecot.start();
    await dovecot.deliver('bo', letter({ subject: 'by the next' }));
    const mails = await ledgerOf(desk, 2);
    expect(mails[1]).toMatchObject({ subject: 'by the next' });
    expect(issuer.given).toEqual(['access-1', 'access-2']);
    issuer.revokeAll();
    issuer.callBack('access-2');
    await dovecot.halt();
    await dovecot.start();
    const health = await healthOf(desk, ({ errorStep }) => errorStep === 'login');
    expect(health.error).toMatch(/token endpoint gives no access token: invalid_grant/);
    await fetching.stop();
    await dovecot.stop();
  });
});
