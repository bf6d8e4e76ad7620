import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { CompanyTransaction } from '../database/client.ts';
import { useChallenge } from '../database/queries/visitors.ts';
import { refused } from '../domain/errors.ts';

/** A header, since it is not part of what somebody wrote. */
export const PROOF_HEADER = 'x-postkeep-proof';

/** 2^14 hashes on average: a blink for who writes one mail, an hour for a hundred thousand. */
export const DIFFICULTY_BITS = 14;

/** Somebody writes a long complaint; who needs longer gets another one. */
const LIFE_MS = 30 * 60_000;

/** 128 bits: no two challenges are alike. */
const NONCE_BYTES = 16;

/** A number that a browser counts up to. */
const PROOF = /^([\w-]{1,100}\.[\w.-]{1,200})\.(\d{1,12})$/;

export interface Challenge {
  challenge: string;
  /** So many bits of SHA-256 of `challenge.NUMBER` are 0 at its beginning. */
  difficulty: number;
  /** ISO 8601 */
  expiresAt: string;
}

/** A task that nobody can make for themselves: nonce, end and mailbox, signed. */
export function makeChallenge(secret: string, mailbox: string, now: number): Challenge {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  const end = now + LIFE_MS;
  const challenge = `${nonce}.${end}.${sign(secret, mailbox, `${nonce}.${end}`)}`;
  return { challenge, difficulty: DIFFICULTY_BITS, expiresAt: new Date(end).toISOString() };
}

/**
 * Takes a proof, once.
 * @throws RefusedError `validation` when it is none, is over or was used
 */
export async function takeProof(
  trx: CompanyTransaction,
  secret: string,
  mailbox: string,
  proof: string,
  now: number,
): Promise<void> {
  const [, challenge = ''] = PROOF.exec(proof) ?? [];
  const [nonce = '', end = '', signature = ''] = challenge.split('.');
  const isOurs = isSame(signature, sign(secret, mailbox, `${nonce}.${end}`));
  if (!isOurs || Number(end) < now || leadingZeros(proof) < DIFFICULTY_BITS) {
    throw wrong('is none for this mailbox, or is over');
  }
  if (!(await useChallenge(trx, nonce, new Date(Number(end))))) throw wrong('was used before');
}

function wrong(why: string) {
  return refused(
    'validation',
    `The proof in ${PROOF_HEADER} ${why}; get a new one from GET /public/MAILBOX/challenge.`,
  );
}

function sign(secret: string, mailbox: string, what: string): string {
  const key = `support module\n${mailbox}\n${what}`;
  return createHmac('sha256', secret).update(key).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Bits that are 0 at the beginning of its SHA-256. */
function leadingZeros(text: string): number {
  const bits = createHash('sha256').update(text).digest();
  let zeros = 0;
  for (const byte of bits) {
    if (byte !== 0) return zeros + Math.clz32(byte) - 24;
    zeros += 8;
  }
  return zeros;
}
