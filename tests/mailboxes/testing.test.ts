import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { smtpAddressOf } from '../../mail/outbound/smtp-url.ts';
import type { MailServer } from '../../mail/servers/mail-server.ts';
import { tryIncoming, tryOutgoing } from '../../mail/servers/try-server.ts';
import type { TriedStep } from '../../mail/servers/try-server.ts';
import { startDovecot } from './dovecot.ts';
import type { Dovecot } from './dovecot.ts';
import { startProviderSmtp } from './provider-smtp.ts';
import type { ProviderSmtp } from './provider-smtp.ts';
import { withDovecot } from './with-dovecot.ts';

/** The steps that went well, and the one that did not. */
function outline(steps: readonly TriedStep[]): string {
  return steps.map(({ step, ok, error }) => (ok ? step : `${step}: ${error}`)).join(', ');
}

withDovecot('testing an IMAP server', () => {
  let dovecot: Dovecot;
  let good: MailServer;
  beforeAll(async () => {
    dovecot = await startDovecot();
    const login = { user: 'bo', password: dovecot.password };
    const port = dovecot.ports.imap;
    good = { host: '127.0.0.1', port, tls: 'starttls', anyCertificate: true, login };
  });
  afterAll(() => dovecot.stop());

  const said = async (changes: Partial<MailServer>, folder = 'INBOX') =>
    outline(await tryIncoming({ ...good, ...changes }, folder));

  test('finds nothing wrong with right settings, whatever the way to TLS', async () => {
    expect(await said({})).toBe('dns, connection, tls, login, folder');
    expect(await said({ tls: 'none' })).toBe('dns, connection, login, folder');
    const implicit = { tls: 'implicit', port: dovecot.ports.imaps } as const;
    expect(await said(implicit)).toBe('dns, connection, tls, login, folder');
  });

  test('believes an authority of its own, and no other', async () => {
    const own = { anyCertificate: false, ca: dovecot.certificate };
    expect(await said(own)).toBe('dns, connection, tls, login, folder');
    const [usual = ''] = rootCertificates;
    expect(await said({ ...own, ca: usual })).toMatch(/^dns, connection, tls: .*certificate/);
  });

  test('names the certificate, the kind of TLS, the password and the folder', async () => {
    expect(await said({ anyCertificate: false })).toMatch(
      /^dns, connection, tls: .*certificate is signed by itself/,
    );
    expect(await said({ tls: 'implicit' })).toMatch(/^dns, connection, tls: .*not speak TLS/);
    const wrong = { login: { user: 'bo', password: 'wrong' } };
    expect(await said(wrong)).toMatch(/^dns, connection, tls, login: .*refuses the login/);
    expect(await said({}, 'Shop')).toMatch(/^dns, connection, tls, login, folder: .*"Shop"/);
  });
});

describe('testing an SMTP server', () => {
  let provider: ProviderSmtp;
  let good: MailServer;
  beforeAll(async () => {
    provider = await startProviderSmtp();
    const login = { user: 'acme', password: provider.password };
    good = {
      host: '127.0.0.1',
      port: provider.port,
      tls: 'none',
      anyCertificate: false,
      login,
    };
  });
  afterAll(() => provider.stop());

  const said = async (changes: Partial<MailServer>, mail = {}) =>
    outline(
      await tryOutgoing(smtpAddressOf({ ...good, ...changes }), {
        from: 'support@acme.test',
        to: 'anna@elsewhere.test',
        ...mail,
      }),
    );

  test('finds nothing wrong with right settings, and sends nothing', async () => {
    expect(await said({})).toBe('dns, connection, login, sender, relay');
    expect(provider.mails).toEqual([]);
    expect(provider.commands.at(-1)).toBe('RSET');
  });

  test('names the password, the sender and the recipient that the server refuses', async () => {
    const wrong = { login: { user: 'acme', password: 'wrong' } };
    expect(await said(wrong)).toMatch(/^dns, connection, login: .*refuses the login: 535/);
    expect(await said({}, { from: 'ceo@bank.test' })).toMatch(
      /^dns, connection, login, sender: .*ceo@bank.test send: 553/,
    );
    expect(await said({}, { to: 'anna@norelay.test' })).toMatch(
      /^dns, connection, login, sender, relay: .*anna@norelay.test: 550/,
    );
  });

  test('names a server that offers no TLS', async () => {
    expect(await said({ tls: 'starttls' })).toMatch(/^dns, connection, tls: /);
    expect(await said({ tls: 'implicit' })).toMatch(/^dns, connection, tls: .*not speak TLS/);
  });
});
