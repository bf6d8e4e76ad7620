import { cleanLine } from '../clean-text.ts';
import { SERVER_WORDS_CHARS_MAX } from '../limits.ts';

/** What is tried with a mailbox's server, in this order. */
export const serverSteps = [
  'settings',
  'dns',
  'connection',
  'tls',
  'login',
  'folder',
  'sender',
  'relay',
] as const;
export type ServerStep = (typeof serverSteps)[number];

/** A fault of a mailbox's server: at which step, and in words for the admin. */
export class ServerProblem extends Error {
  override readonly name = 'ServerProblem';
  readonly step: ServerStep;

  constructor(step: ServerStep, words: string) {
    super(cleanLine(words, SERVER_WORDS_CHARS_MAX));
    this.step = step;
  }
}

const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EDNS'];
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ETLS|EPROTO)/;

/** What certificates and handshakes are refused for, as an admin can understand it. */
const tlsWords: { [code: string]: string } = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is vouched for by nobody known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is vouched for by nobody known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is vouched for by nobody known here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS from the first byte at this port',
  EPROTO: 'it does not speak TLS from the first byte at this port',
};

const connectionWords: { [code: string]: string } = {
  ECONNREFUSED: 'nothing listens at this port',
  ECONNRESET: 'it hung up',
  ETIMEDOUT: 'it does not answer in time',
  ETIMEOUT: 'it does not answer in time',
  CONNECT_TIMEOUT: 'it does not answer in time',
  GREETING_TIMEOUT: 'it does not greet in time, as when TLS is set wrongly for this port',
  EHOSTUNREACH: 'there is no way to it from here',
  ENETUNREACH: 'there is no way to it from here',
};

/** The fault that an error while talking to a server stands for. */
export function problemOf(error: unknown, server: { host: string; port: number }): ServerProblem {
  if (error instanceof ServerProblem) return error;
  const code = textOf(error, 'code');
  const where = `${server.host}:${server.port}`;
  if (Reflect.get(Object(error), 'authenticationFailed') === true || code === 'EAUTH') {
    return new ServerProblem('login', `The server refuses the login: ${saidBy(error)}`);
  }
  if (DNS_CODES.includes(code)) {
    const why = code === 'EAI_AGAIN' ? 'the name server does not answer' : 'there is no such host';
    return new ServerProblem('dns', `"${server.host}" has no address: ${why}.`);
  }
  const words = error instanceof Error ? error.message : String(error);
  // The server has answered, and said no (RFC 9051, 7.1).
  if (textOf(error, 'responseStatus') !== '') return new ServerProblem('folder', saidBy(error));
  const isTls = Reflect.get(Object(error), 'tlsFailed') === true || TLS_CODE.test(code);
  if (isTls || /STARTTLS|SSL routines|certificate/i.test(words)) {
    return new ServerProblem('tls', `No safe connection to ${where}: ${tlsReason(code, words)}.`);
  }
  const why = connectionWords[code] ?? words;
  return new ServerProblem('connection', `No connection to ${where}: ${why}.`);
}

function tlsReason(code: string, words: string): string {
  const known = tlsWords[code];
  if (known !== undefined) return known;
  if (/wrong version number|packet length too long/i.test(words)) {
    return 'it does not speak TLS from the first byte at this port';
  }
  if (/self[- ]signed/i.test(words)) return 'its certificate is signed by itself';
  if (/expired/i.test(words)) return 'its certificate has expired';
  if (/altnames/i.test(words)) return 'its certificate is for another host name';
  if (/does not support STARTTLS/i.test(words)) return 'it does not offer STARTTLS';
  return words;
}

/** The server's own words, where it had any. */
function saidBy(error: unknown): string {
  const said =
    textOf(error, 'responseText') || textOf(error, 'response') || textOf(error, 'message');
  return said === '' ? 'it does not say why' : said;
}

function textOf(error: unknown, field: string): string {
  const value: unknown = Reflect.get(Object(error), field);
  return typeof value === 'string' ? value : '';
}
