import { Readable } from 'node:stream';

import { createDatabase } from '../database/client.ts';
import { listenToChanges } from '../database/listen.ts';
import { createTicketWorkflows } from '../intake/ticket-workflows.ts';
import { scannerOf } from '../mail/scanning/clamd.ts';
import { openBlobStore } from '../mail/blobs/open-blob-store.ts';
import { readConfig } from '../runtime/config.ts';
import { apiLog, databaseLog } from '../runtime/logger.ts';
import { installShutdown, runProcess } from '../runtime/shutdown.ts';
import { buildApp } from './app.ts';
import { keepHouse } from './keep-house.ts';
import { createTemporalClient } from '../runtime/temporal-client.ts';

/** Asked for to see whether the bucket answers: that it is not there is an answer. */
const NO_BLOB = '0'.repeat(64);

/** The API process: HTTP on one port, reads from the database, writes through Temporal. */
async function main(): Promise<void> {
  const config = readConfig();
  const shutdown = installShutdown({ log: apiLog });
  const database = createDatabase(config.databaseUrl, { poolMax: config.databasePoolMax });
  const temporal = await createTemporalClient(config.temporal);
  const listen = listenToChanges(config.databaseUrl, (error) =>
    databaseLog.warn({ err: error }, 'lost the connection that listens; making it anew'),
  );
  const blobs = openBlobStore(config);
  const scanner = scannerOf(config.clamdAddress);
  const app = await buildApp({
    database,
    workflows: createTicketWorkflows(temporal.client),
    blobs,
    config,
    logger: apiLog,
    listen,
    checks: {
      database: () => database.lookups.raw('select 1'),
      temporal: temporal.check,
      ...(scanner === null ? {} : { scanner: () => scanner.scan(Readable.from([])) }),
      ...(config.blobStore === null ? {} : { files: () => blobs.has(NO_BLOB) }),
    },
  });
  const stopHousekeeping = keepHouse(database, config, apiLog);
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
