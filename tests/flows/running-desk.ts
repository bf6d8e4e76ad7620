import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { listenToChanges } from '../../database/listen.ts';
import { readEvents } from '../../database/queries/ticket-log.ts';
import { ticketWorkflowId } from '../../domain/ids.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import { HandOvers } from '../../intake/hand-over.ts';
import type { IntakeDependencies } from '../../intake/dependencies.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { createTicketWorkflows } from '../../intake/ticket-workflows.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import { createBlobStore } from '../../mail/blob-store.ts';
import { createSmtpSender } from '../../mail/outbound/smtp-sender.ts';
import { testLog } from '../../runtime/logger.ts';
import { registerSearchAttributes } from '../../runtime/search-attributes.ts';
import { workflowBundlePath } from '../../runtime/workflow-bundle.ts';
import { createTestDatabase, dropTestDatabase } from '../../stack/test-stack.ts';
import { searchAttributes, SEND_QUEUE, TICKET_QUEUE } from '../../workflows/messages.ts';
import { createDesk } from '../api/desk.ts';
import type { Desk } from '../api/desk.ts';
import { startSmtpSink } from './smtp-sink.ts';
import type { SmtpSink } from './smtp-sink.ts';

/** A company whose tickets really run: a database, a Temporal namespace and a worker of its own. */
export interface RunningDesk extends Desk {
  database: Database;
  client: Client;
  workflows: TicketWorkflows;
  sink: SmtpSink;
  intake: IntakeDependencies;
  /** Takes in a mail of a customer as the SMTP receiver would; returns its ticket's number. */
  write(mail: Partial<Letter>): Promise<number>;
  /** Waits until an event of the ticket fits, past or to come. */
  event<T extends TicketEvent['type']>(
    ticket: number,
    type: T,
    fits?: (event: Extract<TicketEvent, { type: T }>) => boolean,
  ): Promise<Extract<TicketEvent, { type: T }>>;
  events(ticket: number): Promise<TicketEvent[]>;
  startWorker(): Promise<{ stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export interface Letter {
  from: string;
  to: string;
  subject: string;
  messageId: string;
  inReplyTo: string | null;
  text: string;
  /** More header lines, each as `Name: value`. */
  headers: readonly string[];
}

/** Starts the desk and its worker; `worker: false` leaves that to the test. */
export async function startRunningDesk(
  options: { worker?: boolean; reopenWindowMs?: number; temporalAddress?: string } = {},
): Promise<RunningDesk> {
  const name = `t${randomBytes(5).toString('hex')}`;
  const address = options.temporalAddress ?? inject('temporalAddress');
  const databaseUrl = await createTestDatabase(inject('databaseUrl'), name);
  const database = createDatabase(databaseUrl, { poolMax: 10 });
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-desk-'));
  const connection = await Connection.connect({ address });
  const client = await namespaceClient(connection, name);
  const native = await NativeConnection.connect({ address });
  const sink = await startSmtpSink();
  const listener = listenToChanges(databaseUrl, () => undefined);
  const desk = await createDesk(database, name);
  const workflows = createTicketWorkflows(client);
  const blobs = createBlobStore(join(folder, 'blobs'));
  const handOvers = new HandOvers();
  const secret = 'a secret of the tests';
  const intake = { database, blobs, workflows, secret, handOvers, logger: testLog };
  const activities = createActivities({
    database,
    blobs,
    sender: createSmtpSender(sink.url),
    secret,
    publicUrl: 'http://desk.test',
    reopenWindowMs: options.reopenWindowMs ?? 60_000,
    logger: testLog,
  });
  const codePath = await workflowBundlePath();
  const workers = new Set<{ stop(): Promise<void> }>();

  const startWorker = async () => {
    const shared = { connection: native, namespace: name };
    const tickets = await Worker.create({
      ...shared,
      taskQueue: TICKET_QUEUE,
      workflowBundle: { codePath },
      activities: { record: activities.record },
    });
    const sends = await Worker.create({
      ...shared,
      taskQueue: SEND_QUEUE,
      activities: { send: activities.send },
    });
    const running = Promise.all([tickets.run(), sends.run()]);
    const worker = {
      stop: async () => {
        if (!workers.delete(worker)) return;
        tickets.shutdown();
        sends.shutdown();
        await running;
      },
    };
    workers.add(worker);
    return worker;
  };
  if (options.worker !== false) await startWorker();

  const events = (ticket: number) => desk.in((trx) => readEvents(trx, ticket, { after: 0 }));
  return {
    ...desk,
    database,
    client,
    workflows,
    sink,
    intake,
    events,
    startWorker,
    write: (letter) => write(intake, desk, letter),
    event: async (ticket, type, fits = () => true) => {
      const isIt = (event: TicketEvent): event is Extract<TicketEvent, { type: typeof type }> =>
        event.type === type;
      return waitFor(listener, async () =>
        (await events(ticket)).filter(isIt).find((event) => fits(event)),
      );
    },
    stop: async () => {
      await handOvers.drain();
      for (const worker of workers) await worker.stop();
      await listener.close();
      await Promise.all([sink.stop(), connection.close(), native.close(), database.close()]);
      await dropTestDatabase(inject('databaseUrl'), name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Looks now and after every change of any ticket, until there is something. */
async function waitFor<T>(
  listener: ReturnType<typeof listenToChanges>,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const changed: { wake: () => void } = { wake: () => undefined };
  const unsubscribe = listener.subscribe(() => changed.wake());
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        changed.wake = resolve;
      });
      const found = await look();
      if (found !== undefined) return found;
      await next;
    }
  } finally {
    unsubscribe();
  }
}

async function namespaceClient(connection: Connection, namespace: string): Promise<Client> {
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const client = new Client({ connection, namespace });
  await registerSearchAttributes(client, namespace, searchAttributes, testLog);
  return client;
}

let letters = 0;

/** The bytes of a customer's mail; what is not given is made up, and the Message-ID is new. */
export function letterBytes(desk: Desk, letter: Partial<Letter>): Buffer {
  letters += 1;
  const { from = 'Eleanor Hughes <eleanor@brightmail.test>', subject = 'A cracked lamp' } = letter;
  const to = letter.to ?? `support@${desk.company}.test`;
  const messageId = letter.messageId ?? `letter-${letters}-${process.pid}@brightmail.test`;
  const reference = letter.inReplyTo ?? null;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    'Date: Thu, 19 Nov 2026 16:20:00 +0000',
    ...(reference === null ? [] : [`In-Reply-To: <${reference}>`]),
    ...(letter.headers ?? []),
    'Content-Type: text/plain; charset=utf-8',
    '',
    letter.text ?? 'The shade arrived with a crack.',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

async function write(
  intake: IntakeDependencies,
  desk: Desk,
  letter: Partial<Letter>,
): Promise<number> {
  const raw = letterBytes(desk, letter);
  const to = /[^<\s]+@[^>\s]+/.exec(letter.to ?? `support@${desk.company}.test`)?.[0] ?? '';
  const from = /[^<\s]+@[^>\s]+/.exec(letter.from ?? '<eleanor@brightmail.test>')?.[0] ?? '';
  const [stored] = await takeMail(intake, {
    raw,
    envelope: { from, to: [to], heloName: 'brightmail.test', remoteAddress: '203.0.113.84' },
    receivedAt: new Date(),
  });
  if (!stored?.ticket) throw new Error('the mail was stored without a ticket');
  return stored.ticket;
}

/** The workflow id of one of the desk's tickets. */
export function workflowIdOf(desk: Desk, ticket: number): string {
  return ticketWorkflowId(desk.company, ticket);
}
