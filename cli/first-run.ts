import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { newCredential } from '../database/credential-hash.ts';
import { listCompanyIds } from '../database/queries/companies.ts';
import { makeFirstCompany } from './demo/first-company.ts';
import { demoAgents } from './demo/people.ts';
import { newPassword } from './new-password.ts';

/** `<data>/credentials.json`, mode 600. The token acts as the admin. */
export interface Credentials {
  company: string;
  admin: { email: string; password: string };
  agents: { email: string; password: string }[];
  apiToken: string;
}

export interface FirstRunInput {
  databaseUrl: string;
  dataFolder: string;
  /** false: only the company, its admin, a mailbox and a token. */
  demo: boolean;
}

/** Workflow ids hold it: `ticket-acme-1`. */
const COMPANY = 'acme';
const ADMIN_EMAIL = 'admin@acme.test';

/** One transaction after the other: more connections would be idle. */
const POOL_MAX = 1;

/**
 * Makes the company Acme in a database that has none yet. Passwords are written down before they
 * count, so that a crash in between is finished by the next start and nobody is locked out.
 * @returns what was made, or null when there is a company already
 */
export async function firstRun(input: FirstRunInput): Promise<Credentials | null> {
  const database = createDatabase(input.databaseUrl, { poolMax: POOL_MAX });
  try {
    return await makeOnce(database, input);
  } finally {
    await database.close();
  }
}

async function makeOnce(database: Database, input: FirstRunInput): Promise<Credentials | null> {
  const kept = join(input.dataFolder, 'credentials.json');
  const draft = `${kept}.draft`;
  const companies = await listCompanyIds(database);
  const begun = readCredentials(draft);
  if (companies.length > 0) {
    // The crash came after the company and before the file got its name.
    if (begun === null || !companies.includes(begun.company)) return null;
    renameSync(draft, kept);
    return begun;
  }
  // A new database with an old folder: whoever has the passwords keeps them.
  const credentials = begun ?? readCredentials(kept) ?? makeCredentials(input.demo);
  writeDurably(draft, credentials);
  if (input.demo) markDemoTickets(input.dataFolder);
  await makeFirstCompany(database, credentials, input.demo);
  renameSync(draft, kept);
  return credentials;
}

function makeCredentials(demo: boolean): Credentials {
  const people = demo ? demoAgents : [];
  return {
    company: COMPANY,
    admin: { email: ADMIN_EMAIL, password: newPassword() },
    agents: people.map(({ email }) => ({ email, password: newPassword() })),
    apiToken: newCredential(),
  };
}

function writeDurably(file: string, credentials: Credentials): void {
  mkdirSync(join(file, '..'), { recursive: true });
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

/** While this file is there, the demo's customers have not written all of their mails yet. */
export function demoTicketsMark(dataFolder: string): string {
  return join(dataFolder, 'demo-tickets.todo');
}

function markDemoTickets(dataFolder: string): void {
  writeFileSync(demoTicketsMark(dataFolder), '');
}
