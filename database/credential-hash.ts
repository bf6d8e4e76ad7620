import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits of chance: nobody guesses it, so a fast hash keeps it well enough. */
const CREDENTIAL_BYTES = 32;

/** A new session or API token, as its holder gets it once. */
export function newCredential(): string {
  return randomBytes(CREDENTIAL_BYTES).toString('base64url');
}

/** A credential that can be made again from what it is for, and by nobody without the secret. */
export function credentialFrom(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}

/** What `session.hash` and `api_token.hash` hold: lower-case hex SHA-256 of the credential. */
export function hashCredential(credential: string): string {
  return createHash('sha256').update(credential).digest('hex');
}

/** Which of the secrets made the credential with this hash; null when none of them did. */
export function recallCredential(
  secrets: readonly string[],
  purpose: string,
  hash: string,
): string | null {
  const made = secrets.map((secret) => credentialFrom(secret, purpose));
  return made.find((credential) => hashCredential(credential) === hash) ?? null;
}
