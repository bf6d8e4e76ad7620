import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/deps.ts';
import { createDatabase } from '../../database/client.ts';
import { refused } from '../../domain/errors.ts';
import { createBlobStore } from '../../mail/blob-store.ts';
import { readConfig } from '../../runtime/config.ts';
import { testLog } from '../../runtime/logger.ts';

const away = async (): Promise<never> => {
  throw refused('unavailable', 'Nothing of Temporal is here.');
};

/** The API with nothing behind it: every dependency is away. */
export async function buildUnreachedApi(changes: { [name: string]: string } = {}): Promise<Api> {
  const config = readConfig({
    DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    SMTP_URL: 'smtp://127.0.0.1:1',
    POSTKEEP_SECRET: 'only for this test',
    ...changes,
  });
  const database = createDatabase(config.databaseUrl, { poolMax: 1 });
  return buildApp({
    database,
    config,
    blobs: createBlobStore('/nowhere'),
    workflows: { receive: away, sync: away, signal: away, command: away, commandRunning: away },
    logger: testLog,
    listen: { subscribe: () => () => undefined, close: async () => undefined },
    checks: { database: () => database.lookups.raw('select 1'), temporal: away },
  });
}
