import { findMailbox } from '../../database/queries/intake.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { importMails } from '../../intake/import-mails.ts';
import type { ArchivedMail, ImportCounts } from '../../intake/import-mails.ts';
import { createTicketWorkflows } from '../../intake/ticket-workflows.ts';
import { openBlobStore } from '../../mail/blobs/open-blob-store.ts';
import type { Config } from '../../runtime/config.ts';
import { cliLog } from '../../runtime/logger.ts';
import { scannerOf } from '../../mail/scanning/clamd.ts';
import { createTemporalClient } from '../../runtime/temporal-client.ts';
import { readEmail, UsageError } from './verb.ts';
import type { Tools } from './verb.ts';

/** The first mail shows that it goes on; then a line a second is enough for a person and a log. */
const PROGRESS_EVERY_MS = 1_000;

/** Where an archive goes. */
export interface Destination {
  company: string;
  mailbox: string;
  as: 'solved' | 'new';
}

/** The mailbox with this address, whichever company has it. @throws UsageError */
export async function destinationOf(
  tools: Tools,
  address: string,
  leaveNew: boolean,
): Promise<Destination> {
  const found = await findMailbox(tools.database().lookups, readEmail(address));
  if (!found) throw new UsageError(`there is no mailbox "${address}"`);
  return { ...found, as: leaveNew ? 'new' : 'solved' };
}

/** Imports, says how far it is, and at the end what became of the mails. */
export async function runImport(
  tools: Tools,
  config: Config,
  destination: Destination,
  mails: AsyncIterable<ArchivedMail>,
  total: number,
): Promise<void> {
  const temporal = await createTemporalClient(config.temporal);
  const database = tools.database();
  const dependencies = {
    database,
    blobs: openBlobStore(config),
    workflows: createTicketWorkflows(temporal.client),
    secret: config.secret,
    // What lies in an archive was checked when it came.
    resolve: null,
    handOvers: new HandOvers(database),
    scanner: scannerOf(config.clamdAddress),
    logger: cliLog,
  };
  let saidAtMs = 0;
  const say = (counts: ImportCounts) => {
    if (Date.now() - saidAtMs < PROGRESS_EVERY_MS) return;
    saidAtMs = Date.now();
    tools.print(`${doneOf(counts)} of ${total} mails`);
  };
  try {
    report(tools, await importMails(dependencies, destination, mails, say));
  } finally {
    await temporal.close();
  }
}

function doneOf({ imported, known, parked, failed }: ImportCounts): number {
  return imported + known + parked.length + failed.length;
}

function report(tools: Tools, { imported, known, parked, failed }: ImportCounts): void {
  for (const { name, reason } of parked) tools.print(`parked: ${name}: ${reason}`);
  for (const { name, reason } of failed) tools.print(`NOT IMPORTED: ${name}: ${reason}`);
  const counts = [`${imported} imported`, `${known} known already`, `${parked.length} parked`];
  if (failed.length > 0) {
    counts.push(`${failed.length} not imported: import again to try them again`);
    process.exitCode = 1;
  }
  tools.print(counts.join(', '));
}
