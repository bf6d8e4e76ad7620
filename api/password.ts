import { hash, verify } from '@node-rs/argon2';

/** OWASP's second choice for Argon2id: 19 MiB, two passes; 0.1 s here. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What `agent.password_hash` holds. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let nobody: Promise<string> | null = null;

/**
 * Whether the password is the one of the hash. With no hash it takes as long to say no, so that
 * nobody learns by a clock which addresses have an account.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  nobody ??= hashPassword('the account that nobody has');
  const matches = await verify(passwordHash ?? (await nobody), password);
  return passwordHash !== null && matches;
}
