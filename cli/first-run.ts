import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { newCredential } from '../database/credential-hash.ts';
import { listCompanyIds } from '../database/queries/companies.ts';
import { readCredentials, writeCredentials } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { makeFirstCompany } from './demo/first-company.ts';
import { demoAgents } from './demo/people.ts';
import { newPassword } from './new-password.ts';

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
  writeCredentials(draft, credentials);
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

/** While this file is there, the demo's customers have not written all of their mails yet. */
export function demoTicketsMark(dataFolder: string): string {
  return join(dataFolder, 'demo-tickets.todo');
}

function markDemoTickets(dataFolder: string): void {
  writeFileSync(demoTicketsMark(dataFolder), '');
}
