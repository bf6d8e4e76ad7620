import { generateKeyPairSync } from 'node:crypto';
import type { Resolve } from '../authentication/look-ups.ts';

/** What name servers say in a test, as `TYPE name`; MX records as objects, TXT as pieces. */
export type Zone = { [question: string]: unknown };

/** Answers from a zone; of what is not in it, there is none. */
export function resolveFrom(zone: Zone): Resolve {
  return async (name, type) => {
    const answer = zone[`${type} ${name.toLowerCase()}`];
    if (answer !== undefined) return answer;
    throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
  };
}

/** Name servers that never say anything. */
export const silence: Resolve = () => new Promise(() => undefined);

/** A pair of keys for signing, the public half as its record shows it. */
export function signingKeys(): { privateKey: string; record: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    record: `v=DKIM1; k=rsa; p=${der.toString('base64')}`,
  };
}
