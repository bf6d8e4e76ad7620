import { join } from 'node:path';

import { createDatabase } from '../database/client.ts';
import { listenToChanges } from '../database/listen.ts';
import { createTicketWorkflows } from '../intake/ticket-workflows.ts';
import { createBlobStore } from '../mail/blob-store.ts';
import { readConfig } from '../runtime/config.ts';
import { apiLog, databaseLog } from '../runtime/logger.ts';
import { installShutdown, runProcess } from '../runtime/shutdown.ts';
import { buildApp } from './app.ts';
import { keepHouse } from './keep-house.ts';
import { createTemporalClient } from '../runtime/temporal-client.ts';

/** The API process: HTTP on one port, reads from the database, writes through Temporal. */
async function main(): Promise<void> {
  const config = readConfig();
  const shutdown = installShutdown({ log: apiLog });
  const database = createDatabase(config.databaseUrl, { poolMax: config.databasePoolMax });
  const temporal = await createTemporalClient(config.temporal);
  const listen = listenToChanges(config.databaseUrl, (error) =>
    databaseLog.warn({ err: error }, 'lost the connection that listens; making it anew'),
  );
  const app = await buildApp({
    database,
    workflows: createTicketWorkflows(temporal.client),
    blobs: createBlobStore(join(config.dataFolder, 'blobs')),
    config,
    logger: apiLog,
    listen,
    checks: {
      database: () => database.lookups.raw('select 1'),
      temporal: temporal.check,
    },
  });
  const stopHousekeeping = keepHouse(database, apiLog);
  shutdown.add('http', () => app.close());
  shutdown.add('housekeeping', stopHousekeeping);
  shutdown.add('listening', () => listen.close());
  shutdown.add('temporal', () => temporal.close());
  shutdown.add('database', () => database.close());

  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  apiLog.info({ host: config.host, port }, 'api ready');
  process.send?.({ ready: true, port });
}

await runProcess(apiLog, main);
