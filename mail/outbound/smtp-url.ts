import type { MailServer } from '../servers/mail-server.ts';

/** Where and how to hand mails over, read from `SMTP_URL`. */
export interface SmtpServerAddress {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps:`). */
  secure: boolean;
  auth: { user: string; pass: string } | { user: string; accessToken: string } | null;
  /** Refuse to go on without STARTTLS. */
  requireTLS: boolean;
  /** Do not use STARTTLS even when offered. */
  ignoreTLS: boolean;
  /** False accepts certificates that nobody vouches for. */
  rejectUnauthorized: boolean;
  /** The authorities that vouch for it, as PEM, instead of the usual ones. */
  ca?: string;
}

/** The same for a mailbox's own server. */
export function smtpAddressOf(server: MailServer): SmtpServerAddress {
  const { host, port, tls, anyCertificate, ca, login } = server;
  const auth =
    login === null || 'accessToken' in login ? login : { user: login.user, pass: login.password };
  return {
    host,
    port,
    secure: tls === 'implicit',
    auth,
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    rejectUnauthorized: !anyCertificate,
    ...(ca ? { ca } : {}),
  };
}

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

/**
 * Reads `smtp://user:password@host:port` or `smtps://…` (port 587 and 465 when left out). Options as
 * in nodemailer: `?requireTLS=true`, `?ignoreTLS=true`, `?tls.rejectUnauthorized=false`. A password
 * goes over the network only encrypted, unless `ignoreTLS` says otherwise.
 *
 * @throws TypeError naming what is wrong, without the password
 */
export function readSmtpUrl(text: string): SmtpServerAddress {
  const url = URL.parse(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new TypeError('The SMTP URL must look like smtp://user:password@host:587 or smtps://…');
  }
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const auth =
    url.username === ''
      ? null
      : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const isOn = (name: string): boolean => url.searchParams.get(name) === 'true';
  const ignoreTLS = isOn('ignoreTLS');
  return {
    host,
    port: url.port === '' ? (secure ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port),
    secure,
    auth,
    requireTLS: isOn('requireTLS') || (auth !== null && !secure && !ignoreTLS && !isLocal(host)),
    ignoreTLS,
    rejectUnauthorized: url.searchParams.get('tls.rejectUnauthorized') !== 'false',
  };
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
