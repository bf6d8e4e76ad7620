import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** NIST SP 800-38D: 96 bits are what GCM is made for; a random one for each sealing. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** Tells keys apart; it is no secret, and too short to learn anything of the key from. */
const KEY_ID_BYTES = 6;

/** The form of what is kept, so that another can follow. */
const FORM = 'v1';

export interface Sealer {
  /**
   * Encrypts a secret for the place that it is kept in: elsewhere it does not open. The result is
   * `v1.KEYID.NONCE.CIPHERTEXT+TAG`, all text.
   */
  seal(plain: string, place: string): string;
  /** @throws SealError when no key fits, or it was changed or moved */
  open(sealed: string, place: string): string;
  /** False for what was sealed with an old key, which is to be sealed anew. */
  isCurrent(sealed: string): boolean;
}

/** The words say which secret cannot be read and why, never what is in it. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

interface Key {
  id: string;
  key: Buffer;
}

/**
 * Seals with AES-256-GCM under a key that HKDF (RFC 5869) derives from the desk's secret. What was
 * sealed under one of the old secrets still opens.
 */
export function createSealer(secret: string, oldSecrets: readonly string[] = []): Sealer {
  const current = derive(secret);
  const keys = new Map([...oldSecrets.map(derive), current].map((one) => [one.id, one.key]));
  return {
    seal: (plain, place) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce);
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const locked = Buffer.concat([body, cipher.getAuthTag()]);
      return [FORM, current.id, nonce.toString('base64url'), locked.toString('base64url')].join(
        '.',
      );
    },
    open: (sealed, place) => {
      const [form, id = '', nonce = '', locked = ''] = sealed.split('.');
      if (form !== FORM) throw new SealError(`The secret is kept in a form that is not ${FORM}.`);
      const key = keys.get(id);
      if (!key) {
        throw new SealError(
          `The secret was sealed with another POSTKEEP_SECRET (key ${id}); ` +
            'give that one as POSTKEEP_OLD_SECRETS, or enter the secret again.',
        );
      }
      return unlock(key, Buffer.from(nonce, 'base64url'), Buffer.from(locked, 'base64url'), place);
    },
    isCurrent: (sealed) => sealed.startsWith(`${FORM}.${current.id}.`),
  };
}

function unlock(key: Buffer, nonce: Buffer, locked: Buffer, place: string): string {
  try {
    const body = locked.subarray(0, locked.length - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(locked.subarray(locked.length - TAG_BYTES));
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new SealError('The secret does not open: it was changed, or belongs elsewhere.');
  }
}

function derive(secret: string): Key {
  const of = (info: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `postkeep sealed secrets: ${info}`, bytes));
  return { id: of('key id', KEY_ID_BYTES).toString('hex'), key: of('key', KEY_BYTES) };
}
