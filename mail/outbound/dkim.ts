import { createPublicKey, generateKeyPair } from 'node:crypto';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import DKIM from 'nodemailer/lib/dkim';
import type { Resolve } from '../authentication/look-ups.ts';

/** RFC 8301, 3.2: at least 2048 bits; longer ones do not fit into one answer of some servers. */
const RSA_BITS = 2_048;

/** What mail of a domain is signed with (RFC 6376). */
export interface SigningKey {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

/** A new pair of keys; the public half is base64 of its DER form, as the DNS shows it. */
export async function makeSigningKeys(): Promise<{ privateKey: string; publicKey: string }> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return { privateKey: pem, publicKey: der.toString('base64') };
}

/** The record that tells the world the public half. */
export function dnsRecordOf(key: { domain: string; selector: string; publicKey: string }) {
  return {
    name: `${key.selector}._domainkey.${key.domain}`,
    type: 'TXT' as const,
    value: `v=DKIM1; k=rsa; p=${key.publicKey}`,
  };
}

/** What is wrong with the published record, in words; null when it is right. */
export async function problemOfRecord(
  key: { domain: string; selector: string; publicKey: string },
  resolve: Resolve,
): Promise<string | null> {
  const { name } = dnsRecordOf(key);
  let answer: unknown;
  try {
    answer = await resolve(name, 'TXT');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOTFOUND' || code === 'ENODATA') return `There is no TXT record at ${name} yet.`;
    return `The name servers did not answer about ${name} (${code || 'no reason given'}).`;
  }
  const records = Array.isArray(answer) ? answer.map(joined) : [];
  if (records.length === 0) return `There is no TXT record at ${name} yet.`;
  if (records.length > 1) return `There are ${records.length} TXT records at ${name}; leave one.`;
  const published = /(?:^|;)\s*p=([^;]*)/.exec(records[0] ?? '')?.[1]?.replace(/\s+/g, '');
  if (published === key.publicKey) return null;
  return `The TXT record at ${name} holds another key.`;
}

function joined(pieces: unknown): string {
  return Array.isArray(pieces) ? pieces.map(String).join('') : String(pieces);
}

/** Bodies larger than this wait in a file while they are hashed. */
const SIGN_IN_MEMORY_BYTES = 1024 * 1024;

/**
 * The mail with a signature on top. Whatever was signed must leave byte by byte as it is. A
 * signature stands before what it signs, so a large mail waits in a file of the folder meanwhile.
 */
export function signMail(raw: Readable, key: SigningKey, folder: string): Readable {
  const { domain: domainName, selector: keySelector, privateKey } = key;
  const files = { cacheDir: folder, cacheTreshold: SIGN_IN_MEMORY_BYTES };
  return new DKIM({ domainName, keySelector, privateKey, ...files }).sign(raw);
}
