import { join } from 'node:path';
import type { Config } from '../../runtime/config.ts';
import { type BlobStore, createBlobStore } from '../blob-store.ts';
import { createS3BlobStore } from './s3-blob-store.ts';

/** The folder of the data folder that holds blobs, or what is on its way into a bucket. */
export function blobFolder(dataFolder: string): string {
  return join(dataFolder, 'blobs');
}

/** The store of the settings: a bucket, or a folder of the data folder. */
export function openBlobStore({
  blobStore,
  dataFolder,
}: Pick<Config, 'blobStore' | 'dataFolder'>): BlobStore {
  const folder = blobFolder(dataFolder);
  return blobStore === null ? createBlobStore(folder) : createS3BlobStore(blobStore, folder);
}
