import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';

import { createActivities } from './activities/index.ts';
import { createDatabase } from './database/client.ts';
import { createSmtpSender } from './mail/outbound/smtp-sender.ts';
import { readConfig } from './runtime/config.ts';
import { workerLog } from './runtime/logger.ts';
import { installShutdown, runProcess } from './runtime/shutdown.ts';
import { SEND_QUEUE, TICKET_QUEUE } from './workflows/messages.ts';

await runProcess(workerLog, async () => {
  const config = readConfig();
  const shutdown = installShutdown({ log: workerLog });
  const database = createDatabase(config.databaseUrl, { poolMax: config.databasePoolMax });
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const sender = createSmtpSender(config.smtpUrl);
  const activities = createActivities({
    database,
    sender,
    reopenWindowMs: config.reopenWindowMs,
    logger: workerLog,
  });
  void Client;
  void Connection;
  const shared = { connection, namespace: config.temporal.namespace };
  const tickets = await Worker.create({
    ...shared,
    taskQueue: TICKET_QUEUE,
    workflowsPath: new URL('./workflows/ticket.ts', import.meta.url).pathname,
    dataConverter: {
      payloadConverterPath: new URL('./workflows/payload-converter.ts', import.meta.url).pathname,
    },
    activities: { record: activities.record },
  });
  const sends = await Worker.create({
    ...shared,
    taskQueue: SEND_QUEUE,
    activities: { send: activities.send },
  });
  const running = Promise.all([tickets.run(), sends.run()]);
  shutdown.add('workers', async () => {
    tickets.shutdown();
    sends.shutdown();
    await running;
  });
  shutdown.add('database', () => database.close());
  process.send?.({ ready: true });
  workerLog.info('worker ready');
});
