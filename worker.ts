import { NativeConnection, Worker } from '@temporalio/worker';

import { startAccountMail } from './activities/account-mail/send-account-mail.ts';
import { CONSULTS_AT_ONCE, createActivities } from './activities/index.ts';
import { createMailboxSenders } from './activities/send/mailbox-senders.ts';
import { chooseProvider } from './assistant/choose-provider.ts';
import { createDatabase } from './database/client.ts';
import { HandOvers } from './intake/hand-overs.ts';
import { startSweeps } from './intake/sweeps.ts';
import { createTicketWorkflows } from './intake/ticket-workflows.ts';
import { openBlobStore } from './mail/blobs/open-blob-store.ts';
import { nameServersOf } from './mail/inbound/name-servers.ts';
import { scannerOf } from './mail/scanning/clamd.ts';
import { createSmtpSender } from './mail/outbound/smtp-sender.ts';
import { readConfig } from './runtime/config.ts';
import { workerLog } from './runtime/logger.ts';
import { createSealer } from './runtime/sealed-secrets.ts';
import { registerSearchAttributes } from './runtime/search-attributes.ts';
import { installShutdown, runProcess } from './runtime/shutdown.ts';
import { connectionOptions, createTemporalClient } from './runtime/temporal-client.ts';
import { installTemporalRuntime } from './runtime/temporal-runtime.ts';
import { workflowBundlePath } from './runtime/workflow-bundle.ts';
import { CONSULT_QUEUE, searchAttributes, SEND_QUEUE, TICKET_QUEUE } from './workflows/messages.ts';

/** Sends that one process has under way; each waits for another server most of its time. */
const SENDS_AT_ONCE = 50;

/**
 * A ticket's next task waits so long for the process that has the ticket in memory. By default
 * 10 s, which a killed worker would make every timer late by.
 */
const STICKY_TIMEOUT_MS = 2_000;

/** Local activities in one process; they take turns at its database connections. */
const RECORDS_AT_ONCE = 20;

/** The process that runs tickets: their workflows, the record step, sending, and the sweepers. */
await runProcess(workerLog, async () => {
  const config = readConfig();
  const shutdown = installShutdown({ log: workerLog });
  installTemporalRuntime();
  const database = createDatabase(config.databaseUrl, { poolMax: config.databasePoolMax });
  const blobs = openBlobStore(config);
  const temporal = await createTemporalClient(config.temporal);
  const { namespace } = config.temporal;
  await registerSearchAttributes(temporal.client, namespace, searchAttributes, workerLog);
  const sender = createSmtpSender(config.smtpUrl);
  const sealer = createSealer(config.secret, config.oldSecrets);
  const mailboxSenders = createMailboxSenders({ database, sealer, desk: sender });
  const { secret, oldSecrets, publicUrl, reopenWindowMs, assistantBudgetMs } = config;
  const written = { blobs, sealer, secret, oldSecrets, publicUrl, logger: workerLog };
  const sending = { ...written, database, sender, mailboxSenders };
  const assistant = chooseProvider(config.assistantServer);
  const own = { ...sending, reopenWindowMs, assistantBudgetMs, assistant };
  const activities = createActivities(own);
  const connection = await NativeConnection.connect(await connectionOptions(config.temporal));
  const shared = { connection, namespace };
  const tickets = await Worker.create({
    ...shared,
    taskQueue: TICKET_QUEUE,
    workflowBundle: { codePath: await workflowBundlePath() },
    activities: { record: activities.record },
    maxConcurrentLocalActivityExecutions: RECORDS_AT_ONCE,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
  });
  const sends = await Worker.create({
    ...shared,
    taskQueue: SEND_QUEUE,
    activities: { send: activities.send },
    maxConcurrentActivityTaskExecutions: SENDS_AT_ONCE,
  });
  const consults = await Worker.create({
    ...shared,
    taskQueue: CONSULT_QUEUE,
    activities: { consult: activities.consult },
    maxConcurrentActivityTaskExecutions: CONSULTS_AT_ONCE,
  });

  const workflows = createTicketWorkflows(temporal.client);
  const handOvers = new HandOvers(database);
  const resolve = nameServersOf(config.nameServers);
  const scanner = scannerOf(config.clamdAddress);
  const taking = { database, blobs, workflows, secret, resolve, handOvers, scanner };
  const intake = { ...taking, logger: workerLog };
  const sweeps = [startSweeps(intake), startAccountMail(sending)];

  const running = Promise.all([tickets.run(), sends.run(), consults.run()]);
  shutdown.add('sweepers', () => Promise.all(sweeps.map((sweep) => sweep.stop())));
  shutdown.add('workers', () => {
    tickets.shutdown();
    sends.shutdown();
    consults.shutdown();
    return running;
  });
  shutdown.add('senders', () => mailboxSenders.close());
  shutdown.add('temporal', () => Promise.all([temporal.close(), connection.close()]));
  shutdown.add('database', () => database.close());
  process.send?.({ ready: true });
  workerLog.info('worker ready');
});
