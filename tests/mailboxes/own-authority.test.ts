import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createPooledSender } from '../../mail/outbound/smtp-sender.ts';
import { smtpAddressOf } from '../../mail/outbound/smtp-url.ts';
import type { MailServer } from '../../mail/servers/mail-server.ts';

/** A server whose certificate a company's own authority has signed. */
let folder: string;
let server: SMTPServer;
let good: MailServer;

const path = (name: string): string => join(folder, name);
const openssl = (...words: string[]): void => {
  execFileSync('openssl', words, { stdio: 'ignore' });
};
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-authority-'));
  const authority = ['-keyout', path('ca-key.pem'), '-out', path('ca.pem'), '-days', '2'];
  openssl('req', '-x509', ...KEY, ...authority, '-subj', '/CN=Authority of Acme');
  openssl('req', ...KEY, '-keyout', path('key.pem'), '-out', path('csr.pem'), '-subj', '/CN=mail');
  writeFileSync(path('names.cnf'), 'subjectAltName=IP:127.0.0.1\n');
  openssl(
    ...['x509', '-req', '-in', path('csr.pem'), '-CA', path('ca.pem')],
    ...['-CAkey', path('ca-key.pem'), '-CAcreateserial', '-out', path('cert.pem')],
    ...['-days', '2', '-extfile', path('names.cnf')],
  );
  server = new SMTPServer({
    secure: true,
    authOptional: true,
    disableReverseLookup: true,
    key: readFileSync(path('key.pem')),
    cert: readFileSync(path('cert.pem')),
    onData(stream, _session, callback) {
      stream.on('end', () => callback()).resume();
    },
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  good = { host: '127.0.0.1', port, tls: 'implicit', anyCertificate: false, login: null };
});
afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  rmSync(folder, { recursive: true, force: true });
});

async function sendBy(changes: Partial<MailServer>) {
  const sender = createPooledSender(smtpAddressOf({ ...good, ...changes }));
  try {
    return await sender.sendOnce({
      envelope: { from: 'support@acme.test', to: ['eleanor@brightmail.test'] },
      raw: Buffer.from('Subject: Hi\r\n\r\nHi\r\n'),
      onHandingOver: async () => undefined,
    });
  } finally {
    sender.close();
  }
}

test('a server of an own authority is believed when the mailbox names that one', async () => {
  const ca = readFileSync(path('ca.pem'), 'utf8');
  expect(await sendBy({ ca })).toMatchObject({ outcome: 'sent' });
});

test('without it, or by another authority, nothing is handed over', async () => {
  for (const ca of [null, rootCertificates[0] ?? '']) {
    const result = await sendBy({ ca });
    expect(result).toMatchObject({ outcome: 'deferred', code: null });
    expect(result.response).toMatch(/certificate/);
  }
});
