import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Settings } from '../../runtime/config.ts';
import { type BlobStore, isBlobHash } from '../blob-store.ts';
import { createBucket } from './bucket.ts';
import { prepareIncoming, scratchName } from './scratch.ts';

/**
 * Blobs as objects of a bucket, `PREFIX` + hash. Size and SHA-256 are known before the first byte
 * leaves, so each is one PUT whose content the store checks. `folder` is on this machine, for files
 * that are being written or read, and nothing else stays in it.
 */
export function createS3BlobStore(settings: S3Settings, folder: string): BlobStore {
  const incoming = join(folder, 'incoming');
  const bucket = createBucket(settings);
  let prepared: Promise<void> | null = null;
  const stream: BlobStore['stream'] = (hash, range) =>
    Readable.from(bucket.read(hash, range), { objectMode: false });

  return {
    stream,

    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const { buffer, byteOffset, byteLength: size } = bytes;
      await bucket.write(hash, size, Buffer.from(buffer, byteOffset, size));
      return { hash, size };
    },

    async get(hash) {
      return Buffer.concat(await stream(hash).toArray());
    },

    async has(hash) {
      return isBlobHash(hash) && (await bucket.sizeOf(hash)) !== null;
    },

    async fileOf(hash, into) {
      await mkdir(into, { recursive: true, mode: 0o700 });
      const path = join(into, hash);
      const file = await open(path, 'w', 0o600);
      try {
        await file.writeFile(stream(hash));
      } finally {
        await file.close();
      }
      return path;
    },

    async scratchFolder() {
      prepared ??= prepareIncoming(incoming).catch((error: unknown) => {
        prepared = null;
        throw error;
      });
      await prepared;
      return scratchName(incoming);
    },

    async adopt({ path, hash, size }) {
      const known = await bucket.sizeOf(hash);
      if (known !== size) await bucket.write(hash, size, () => createReadStream(path));
      await rm(path, { force: true });
    },
  };
}
