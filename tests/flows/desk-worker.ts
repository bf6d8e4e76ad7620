import type { Client } from '@temporalio/client';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import type { Activities } from '../../activities/index.ts';
import { createMailboxSenders } from '../../activities/send/mailbox-senders.ts';
import { extractive } from '../../assistant/extractive.ts';
import type { Provider } from '../../assistant/provider.ts';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import type { IntakeDependencies } from '../../intake/dependencies.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { createTicketWorkflows } from '../../intake/ticket-workflows.ts';
import { createBlobStore } from '../../mail/blob-store.ts';
import { createSmtpSender } from '../../mail/outbound/smtp-sender.ts';
import type { SmtpSender } from '../../mail/outbound/smtp-sender.ts';
import { testLog } from '../../runtime/logger.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { workflowBundlePath } from '../../runtime/workflow-bundle.ts';
import { CONSULT_QUEUE, SEND_QUEUE, TICKET_QUEUE } from '../../workflows/messages.ts';

/** Where a desk of the tests lives. Plain JSON: a worker of another process is told it too. */
export interface Place {
  company: string;
  /** For the tests, and for their workers unless those go through something that can break. */
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
  smtpUrl: string;
  blobFolder: string;
  reopenWindowMs: number;
  assistantBudgetMs: number;
}

/** What a test puts around the worker's parts to break them at a chosen moment. */
export interface Around {
  activities?: (activities: Activities) => Activities;
  sender?: (sender: SmtpSender) => SmtpSender;
  assistant?: Provider;
}

export interface RunningWorker {
  stop(): Promise<void>;
}

export const SECRET = 'a secret of the tests';

const POOL_MAX = 10;

/** What the SDK warns of when workers and servers are killed, as they are here. */
const WELL_KNOWN = new RegExp(
  [
    'No workflows registered|Error while completing workflow|Task not found when completing',
    'Activity not found|Activity cancelled',
    // Many updates at once: the server fails the tasks, and clients ask again.
    'new WFT for a run which already has one|unprocessed protocol messages',
  ].join('|'),
);

/** Once in a process: Temporal's SDK speaks up when something is wrong, and only then. */
export function quietTemporal(from: 'WARN' | 'ERROR' = 'WARN'): void {
  const logger = new DefaultLogger(from, ({ level, message, meta }) => {
    if (WELL_KNOWN.test(message)) return;
    testLog[level === 'ERROR' ? 'error' : 'warn'](meta ?? {}, message);
  });
  const filter = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' });
  const telemetryOptions = { logging: { forward: {}, filter } };
  Runtime.install({ logger, telemetryOptions, shutdownSignals: [] });
}

/** The worker process of a desk: tickets, record step and sending, without the sweepers. */
export async function startDeskWorker(place: Place, around: Around = {}): Promise<RunningWorker> {
  const { namespace } = place;
  const database = createDatabase(place.databaseUrl, { poolMax: POOL_MAX });
  const sender = createSmtpSender(place.smtpUrl);
  const sealer = createSealer(SECRET);
  const mailboxSenders = createMailboxSenders({
    database,
    sealer,
    desk: around.sender?.(sender) ?? sender,
  });
  const made = createActivities({
    database,
    blobs: createBlobStore(place.blobFolder),
    sender: around.sender?.(sender) ?? sender,
    mailboxSenders,
    sealer,
    secret: SECRET,
    publicUrl: 'http://desk.test',
    reopenWindowMs: place.reopenWindowMs,
    assistantBudgetMs: place.assistantBudgetMs,
    assistant: around.assistant ?? extractive,
    logger: testLog,
  });
  const { record, send, consult } = around.activities?.(made) ?? made;
  const connection = await NativeConnection.connect({ address: place.temporalAddress });
  const shared = { connection, namespace };
  const codePath = await workflowBundlePath();
  const tickets = await Worker.create({
    ...shared,
    taskQueue: TICKET_QUEUE,
    workflowBundle: { codePath },
    activities: { record },
  });
  const sends = await Worker.create({ ...shared, taskQueue: SEND_QUEUE, activities: { send } });
  const consults = await Worker.create({
    ...shared,
    taskQueue: CONSULT_QUEUE,
    activities: { consult },
  });
  const running = Promise.all([tickets.run(), sends.run(), consults.run()]);
  return {
    stop: async () => {
      tickets.shutdown();
      sends.shutdown();
      consults.shutdown();
      await running;
      mailboxSenders.close();
      await Promise.all([connection.close(), database.close()]);
    },
  };
}

/** What taking mail in needs, as each process of a desk has it. */
export function intakeOf(database: Database, client: Client, place: Place): IntakeDependencies {
  return {
    database,
    blobs: createBlobStore(place.blobFolder),
    workflows: createTicketWorkflows(client),
    secret: SECRET,
    resolve: null,
    handOvers: new HandOvers(database),
    logger: testLog,
  };
}
