import type { Database } from '../database/client.ts';
import type { Resolve } from '../mail/authentication/look-ups.ts';
import type { BlobStore } from '../mail/blob-store.ts';
import type { parseStored } from '../mail/parsing/parse-stored.ts';
import type { Scanner } from '../mail/scanning/clamd.ts';
import type { HandOvers } from './hand-overs.ts';
import type { TicketWorkflows } from './ticket-workflows.ts';

/** What taking mail in needs. */
export interface IntakeDependencies {
  database: Database;
  blobs: BlobStore;
  workflows: TicketWorkflows;
  /** Keys the addresses of tickets. */
  secret: string;
  /** Asks the name servers about senders; null: senders are not checked. */
  resolve: Resolve | null;
  handOvers: HandOvers;
  /** Looks for viruses; null or left out: nobody does. */
  scanner?: Scanner | null;
  /** Parses here or by the parsers of this process, unless another way is given. */
  parse?: typeof parseStored;
  logger: IntakeLogger;
}

export interface IntakeLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
