import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../database/migrate.ts';
import { withClient } from './postgres/server.ts';

const DATABASE_FOLDER = fileURLToPath(new URL('../database/', import.meta.url));

/** One process makes the template; the others wait for it. Any number that nobody else uses. */
const TEMPLATE_LOCK = 7_352_900;

/**
 * A new, migrated database (one of that name is thrown away first), cloned in some 50 ms from a
 * template that is migrated once a server and version of the migrations.
 * @param adminUrl of a role that may make databases; it owns the new one
 * @returns the address of the new database for the same role
 */
export async function createTestDatabase(adminUrl: string, name: string): Promise<string> {
  return withClient(adminUrl, async (client) => {
    const template = `template_${migrationsHash()}`;
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await makeTemplate(client, adminUrl, template);
    const quoted = pg.escapeIdentifier(name);
    await client.query(`DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${quoted} TEMPLATE ${template}`);
    return urlOf(adminUrl, name);
  });
}

/** Drops it, whoever is still connected. */
export async function dropTestDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

/** It gets its name when it is complete: a killed test run leaves no half template. */
async function makeTemplate(client: pg.Client, adminUrl: string, template: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (found.rowCount !== 0) return;
  const draft = `${template}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${draft}`);
  await migrate(urlOf(adminUrl, draft));
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
}

function migrationsHash(): string {
  const files = readdirSync(DATABASE_FOLDER, { recursive: true, encoding: 'utf8' });
  const hash = createHash('sha256');
  for (const file of files.filter((path) => path.endsWith('.ts')).sort()) {
    hash.update(file).update(readFileSync(`${DATABASE_FOLDER}${file}`));
  }
  return hash.digest('hex').slice(0, 16);
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
