import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { prepareIncoming, scratchName } from './blobs/scratch.ts';

/** A part of a blob: from byte `start` to byte `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Bytes kept once under the lower-case hex SHA-256 of their content. All calls throw, and the
 * stream emits, BlobsAwayError when the store cannot be reached.
 */
export interface BlobStore {
  /** Resolves when the bytes survive a power cut. The same bytes twice are one blob. */
  put(bytes: Uint8Array): Promise<{ hash: string; size: number }>;
  /** @throws BlobMissingError when no such blob is stored */
  get(hash: string): Promise<Buffer>;
  /** The stream emits BlobMissingError when no such blob is stored. */
  stream(hash: string, range?: ByteRange): Readable;
  has(hash: string): Promise<boolean>;
  /**
   * A file that holds the blob, only to be read. Where the store has none at hand it is put into
   * the folder, which is made then, and is the caller's to remove.
   * @throws BlobMissingError when no such blob is stored
   */
  fileOf(hash: string, folder: string): Promise<string>;
  /** The name of a folder, not made yet, for files that are to be adopted. Its user removes it. */
  scratchFolder(): Promise<string>;
  /** Makes a file of a scratch folder a blob, as `put` does; the file is gone then. */
  adopt(file: { path: string; hash: string; size: number }): Promise<void>;
}

export class BlobMissingError extends Error {
  override name = 'BlobMissingError';

  constructor(hash: string) {
    super(
      `No blob "${hash.slice(0, 80)}" is stored; restore it from a backup of the blobs folder.`,
    );
  }
}

/** The store is not reached, or does not let us in: the same call may work later. */
export class BlobsAwayError extends Error {
  override name = 'BlobsAwayError';
}

/** The hex SHA-256 that a blob is kept under. The check also keeps `../` out of paths and keys. */
export function isBlobHash(hash: string): boolean {
  return HASH_PATTERN.test(hash);
}

const HASH_PATTERN = /^[0-9a-f]{64}$/;

/**
 * A content-addressed store in one folder: `<folder>/ab/cdef…`, in 256 folders so that none of them
 * grows beyond what people's tools can list. Several processes may use the same folder at once.
 */
export function createBlobStore(folder: string): BlobStore {
  const incoming = join(folder, 'incoming');
  const underWay = new Map<string, Promise<void>>();
  const syncFolder = createFolderSync();
  let prepared: Promise<void> | null = null;

  function prepare(): Promise<void> {
    prepared ??= prepareFolders(folder, incoming).catch((error: unknown) => {
      prepared = null;
      throw error;
    });
    return prepared;
  }

  /** `write` makes a durable file of the content, and names it. */
  async function place(hash: string, size: number, write: () => Promise<string>): Promise<void> {
    await prepare();
    const target = pathOf(folder, hash);
    if ((await sizeOf(target)) !== size) await rename(await write(), target);
    // Also for a file that was there already: another process may have renamed it just now and
    // not have reached this line.
    await syncFolder(join(folder, hash.slice(0, 2)));
  }

  return {
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      let writing = underWay.get(hash);
      if (!writing) {
        const write = (): Promise<string> => writeDurably(join(incoming, randomUUID()), bytes);
        writing = place(hash, bytes.byteLength, write).finally(() => underWay.delete(hash));
        underWay.set(hash, writing);
      }
      await writing;
      return { hash, size: bytes.byteLength };
    },

    async fileOf(hash) {
      const path = pathOf(folder, hash);
      if ((await sizeOf(path)) === null) throw new BlobMissingError(hash);
      return path;
    },

    async scratchFolder() {
      await prepare();
      return scratchName(incoming);
    },

    async adopt({ path, hash, size }) {
      await place(hash, size, () => syncFile(path));
      await rm(path, { force: true });
    },

    async get(hash) {
      try {
        return await readFile(pathOf(folder, hash));
      } catch (error) {
        throw isMissing(error) ? new BlobMissingError(hash) : error;
      }
    },

    stream(hash, range) {
      return Readable.from(chunksOf(folder, hash, range), { objectMode: false });
    },

    async has(hash) {
      return isBlobHash(hash) && (await sizeOf(pathOf(folder, hash))) !== null;
    },
  };
}

async function* chunksOf(folder: string, hash: string, range?: ByteRange): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(pathOf(folder, hash), range);
  } catch (error) {
    throw isMissing(error) ? new BlobMissingError(hash) : error;
  }
}

function pathOf(folder: string, hash: string): string {
  if (!isBlobHash(hash)) throw new BlobMissingError(hash);
  return join(folder, hash.slice(0, 2), hash.slice(2));
}

async function prepareFolders(folder: string, incoming: string): Promise<void> {
  await prepareIncoming(incoming);
  const names = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
  await Promise.all(names.map((name) => mkdir(join(folder, name), { recursive: true })));
  await fsyncFolder(folder);
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<string> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return path;
}

async function syncFile(path: string): Promise<string> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

/**
 * Folder fsyncs shared by everyone who waits: whoever comes while one runs shares the next one,
 * since the running one may have started before their rename.
 */
function createFolderSync(): (folder: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();

  function start(folder: string): Promise<void> {
    const sync = fsyncFolder(folder).finally(() => running.delete(folder));
    running.set(folder, sync);
    return sync;
  }

  return (folder) => {
    const current = running.get(folder);
    if (!current) return start(folder);
    let next = waiting.get(folder);
    if (!next) {
      const startNext = (): Promise<void> => {
        waiting.delete(folder);
        return start(folder);
      };
      next = current.then(startNext, startNext);
      waiting.set(folder, next);
    }
    return next;
  };
}

async function fsyncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
