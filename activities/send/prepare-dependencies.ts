import type { Database } from '../../database/client.ts';
import type { BlobStore } from '../../mail/blob-store.ts';

/** What writing a mail needs, beside the mail. */
export interface PrepareDependencies {
  database: Database;
  blobs: BlobStore;
  /** Keys the addresses of tickets. */
  secret: string;
  /** Where agents reach the console. */
  publicUrl: string;
}
