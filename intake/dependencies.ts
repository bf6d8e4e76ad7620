import type { Database } from '../database/client.ts';
import type { BlobStore } from '../mail/blob-store.ts';
import type { HandOvers } from './hand-overs.ts';
import type { TicketWorkflows } from './ticket-workflows.ts';

/** What taking mail in needs. */
export interface IntakeDependencies {
  database: Database;
  blobs: BlobStore;
  workflows: TicketWorkflows;
  /** Keys the addresses of tickets. */
  secret: string;
  handOvers: HandOvers;
  logger: IntakeLogger;
}

export interface IntakeLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
