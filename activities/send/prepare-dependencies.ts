import type { Database } from '../../database/client.ts';
import type { BlobStore } from '../../mail/blob-store.ts';
import type { Sealer } from '../../runtime/sealed-secrets.ts';

/** What writing a mail needs, beside the mail. */
export interface PrepareDependencies {
  database: Database;
  blobs: BlobStore;
  /** Keys the addresses of tickets. */
  secret: string;
  /** Where agents reach the console. */
  publicUrl: string;
  /** Opens the keys that mail is signed with. */
  sealer: Sealer;
  logger: { error(facts: object, message: string): void };
}
