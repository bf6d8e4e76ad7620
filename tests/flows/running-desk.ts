import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import type { ConnectionLike, WorkflowClientInterceptor } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { inject } from 'vitest';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { listenToChanges } from '../../database/listen.ts';
import type { ChangeListener } from '../../database/listen.ts';
import { readEvents } from '../../database/queries/ticket-log.ts';
import { ticketWorkflowId } from '../../domain/ids.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import type { IntakeDependencies } from '../../intake/dependencies.ts';
import { takeMail } from '../../intake/take-mail.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import { testLog } from '../../runtime/logger.ts';
import { registerSearchAttributes } from '../../runtime/search-attributes.ts';
import { createTestDatabase, dropTestDatabase } from '../../stack/test-stack.ts';
import { searchAttributes } from '../../workflows/messages.ts';
import { createDesk } from '../api/desk.ts';
import type { Desk } from '../api/desk.ts';
import { intakeOf, quietTemporal, startDeskWorker } from './desk-worker.ts';
import type { Around, Place, RunningWorker } from './desk-worker.ts';
import { arrivalOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { startSmtpSink } from './smtp-sink.ts';
import type { SmtpSink } from './smtp-sink.ts';
import { temporalAt } from './temporal-at.ts';

/** A company whose tickets really run: a database, a Temporal namespace and a worker of its own. */
export interface RunningDesk extends Desk {
  place: Place;
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
    fits?: (event: EventOf<T>) => boolean,
  ): Promise<EventOf<T>>;
  /** Looks now and after every change of any ticket, until there is something. */
  eventually<T>(look: () => Promise<T | undefined>): Promise<T>;
  events(ticket: number): Promise<TicketEvent[]>;
  startWorker(around?: Around, place?: Place): Promise<RunningWorker>;
  stop(): Promise<void>;
}

export type EventOf<T extends TicketEvent['type']> = Extract<TicketEvent, { type: T }>;

export interface DeskOptions {
  /** False leaves starting one to the test. */
  worker?: boolean;
  reopenWindowMs?: number;
  assistantBudgetMs?: number;
  temporalAddress?: string;
  /** Outside Vitest: the server that the database is made on. */
  databaseUrl?: string;
  around?: Around;
  /** When the server gives up a worker that has a task; default: after 10 s. */
  taskTimeoutMs?: number;
}

const REOPEN_WINDOW_MS = 60_000;
const ASSISTANT_BUDGET_MS = 30_000;
const POOL_MAX = 10;

quietTemporal();

/** Starts a desk and, unless told otherwise, its worker. */
export async function startRunningDesk(options: DeskOptions = {}): Promise<RunningDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-desk-'));
  const sink = await startSmtpSink();
  const place = await choosePlace(options, sink.url, folder);
  const database = createDatabase(place.databaseUrl, { poolMax: POOL_MAX });
  const temporal = await temporalAt(place.temporalAddress, place.namespace);
  const client = await namespaceClient(
    temporal.client.connection,
    place.namespace,
    options.taskTimeoutMs,
  );
  const listener = listenToChanges(place.databaseUrl, () => undefined);
  const desk = await createDesk(database, place.company);
  const workers = new Set<RunningWorker>();
  const intake = intakeOf(database, client, place);
  const running: RunningDesk = {
    ...desk,
    ...reading(desk, listener),
    place,
    database,
    client,
    workflows: intake.workflows,
    sink,
    intake,
    write: (letter) => write(intake, desk, letter),
    startWorker: async (around, elsewhere) => {
      const worker = await startDeskWorker(elsewhere ?? place, around);
      workers.add(worker);
      return { stop: async () => void (workers.delete(worker) && (await worker.stop())) };
    },
    stop: async () => {
      await intake.handOvers.drain();
      await Promise.all([...workers].map((worker) => worker.stop()));
      await listener.close();
      await Promise.all([sink.stop(), temporal.close(), database.close()]);
      await dropTestDatabase(adminUrlOf(options), place.company);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  if (options.worker !== false) await running.startWorker(options.around);
  return running;
}

async function choosePlace(options: DeskOptions, smtpUrl: string, folder: string): Promise<Place> {
  const company = `t${randomBytes(5).toString('hex')}`;
  return {
    company,
    databaseUrl: await createTestDatabase(adminUrlOf(options), company),
    temporalAddress: options.temporalAddress ?? inject('temporalAddress'),
    namespace: company,
    smtpUrl,
    blobFolder: join(folder, 'blobs'),
    reopenWindowMs: options.reopenWindowMs ?? REOPEN_WINDOW_MS,
    assistantBudgetMs: options.assistantBudgetMs ?? ASSISTANT_BUDGET_MS,
  };
}

function adminUrlOf({ databaseUrl }: DeskOptions): string {
  return databaseUrl ?? inject('databaseUrl');
}

/** The log of the desk's tickets, and waiting for what gets into it. */
function reading(
  desk: Desk,
  listener: ChangeListener,
): Pick<RunningDesk, 'events' | 'event' | 'eventually'> {
  const events = (ticket: number) => desk.in((trx) => readEvents(trx, ticket, { after: 0 }));
  const eventually: RunningDesk['eventually'] = (look) => waitFor(listener, look);
  return {
    events,
    eventually,
    event: (ticket, type, fits = () => true) => {
      const isIt = (event: TicketEvent): event is EventOf<typeof type> => event.type === type;
      return eventually(async () => (await events(ticket)).filter(isIt).find(fits));
    },
  };
}

async function waitFor<T>(
  listener: ChangeListener,
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

async function namespaceClient(
  connection: ConnectionLike,
  namespace: string,
  taskTimeoutMs: number | undefined,
): Promise<Client> {
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const workflow = taskTimeoutMs === undefined ? [] : [impatient(taskTimeoutMs)];
  const client = new Client({ connection, namespace, interceptors: { workflow } });
  await registerSearchAttributes(client, namespace, searchAttributes, testLog);
  return client;
}

function impatient(taskTimeoutMs: number): WorkflowClientInterceptor {
  const workflowTaskTimeout = msToTs(taskTimeoutMs);
  return {
    signalWithStart: (input, next) =>
      next({ ...input, options: { ...input.options, workflowTaskTimeout } }),
  };
}

async function write(
  intake: IntakeDependencies,
  desk: Desk,
  letter: Partial<Letter>,
): Promise<number> {
  const [stored] = await takeMail(intake, arrivalOf(desk.company, letter));
  if (!stored?.row.ticket) throw new Error('the mail was stored without a ticket');
  return stored.row.ticket;
}

/** The workflow id of one of the desk's tickets. */
export function workflowIdOf(desk: Desk, ticket: number): string {
  return ticketWorkflowId(desk.company, ticket);
}
