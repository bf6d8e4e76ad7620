import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** `<data>/credentials.json`, mode 600. The token acts as the admin. */
export interface Credentials {
  company: string;
  admin: { email: string; password: string };
  agents: { email: string; password: string }[];
  apiToken: string;
}

/** Resolves when the file survives a power cut; nobody else may read it. */
export function writeCredentials(file: string, credentials: Credentials): void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify(credentials, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Null when the file is missing, or broken by a crash while it was written. */
export function readCredentials(file: string): Credentials | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isCredentials(value) ? value : null;
  } catch {
    return null;
  }
}

function isCredentials(value: unknown): value is Credentials {
  return (
    isRecord(value) &&
    typeof value.company === 'string' &&
    typeof value.apiToken === 'string' &&
    isSignIn(value.admin) &&
    Array.isArray(value.agents) &&
    value.agents.every(isSignIn)
  );
}

function isSignIn(value: unknown): boolean {
  return isRecord(value) && typeof value.email === 'string' && typeof value.password === 'string';
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
