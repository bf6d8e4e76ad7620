import { createDatabase } from './database/client.ts';
import { startFetching } from './intake/fetch/fetch-mailboxes.ts';
import { rememberRecipients } from './intake/recipients.ts';
import { HandOvers } from './intake/hand-overs.ts';
import { startMailSweep } from './intake/sweep.ts';
import { takeMail } from './intake/take-mail.ts';
import { createTicketWorkflows } from './intake/ticket-workflows.ts';
import { openBlobStore } from './mail/blobs/open-blob-store.ts';
import type { MailArrival } from './mail/inbound/smtp-receiver.ts';
import { nameServersOf } from './mail/inbound/name-servers.ts';
import { createSmtpReceiver } from './mail/inbound/smtp-receiver.ts';
import { ownParsers } from './mail/parsing/parse-pool.ts';
import { scannerOf } from './mail/scanning/clamd.ts';
import { readConfig } from './runtime/config.ts';
import { mailInLog } from './runtime/logger.ts';
import { createSealer } from './runtime/sealed-secrets.ts';
import { installShutdown, runProcess } from './runtime/shutdown.ts';
import { createTemporalClient } from './runtime/temporal-client.ts';

/** The process that customers' mail comes in by: SMTP, LMTP when asked for, IMAP, the sweep. */
await runProcess(mailInLog, async () => {
  const config = readConfig();
  const shutdown = installShutdown({ log: mailInLog });
  const database = createDatabase(config.databaseUrl, { poolMax: config.databasePoolMax });
  const temporal = await createTemporalClient(config.temporal);
  const dependencies = {
    database,
    blobs: openBlobStore(config),
    workflows: createTicketWorkflows(temporal.client),
    secret: config.secret,
    resolve: nameServersOf(config.nameServers),
    handOvers: new HandOvers(database),
    scanner: scannerOf(config.clamdAddress),
    logger: mailInLog,
  };
  const find = rememberRecipients(database, config.secret);
  const receive = {
    host: config.host,
    sizeMaxBytes: config.mailBytesMax,
    isRecipient: async (address: string) => (await find(address)) !== null,
    take: async (arrival: MailArrival) => {
      await takeMail(dependencies, arrival, find);
    },
    logger: mailInLog,
  };
  const smtp = createSmtpReceiver({ ...receive, port: config.smtpPort });
  const { port } = await smtp.start();
  const lmtp =
    config.lmtpPort === null
      ? null
      : createSmtpReceiver({ ...receive, port: config.lmtpPort, lmtp: true });
  await lmtp?.start();
  const fetching = startFetching({
    ...dependencies,
    sealer: createSealer(config.secret, config.oldSecrets),
    mailBytesMax: config.mailBytesMax,
  });
  const sweep = startMailSweep(dependencies);
  shutdown.add('listeners', () => Promise.all([smtp.stop(), lmtp?.stop(), fetching.stop()]));
  shutdown.add('hand-overs', () => Promise.all([dependencies.handOvers.drain(), sweep.stop()]));
  shutdown.add('temporal', () => temporal.close());
  shutdown.add('database', () => database.close());
  ownParsers().warm();
  process.send?.({ ready: true, port });
  mailInLog.info({ port }, 'mail-in ready');
});
