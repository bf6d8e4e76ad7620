import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** Bytes kept once under the lower-case hex SHA-256 of their content. */
export interface BlobStore {
  /** Resolves when the bytes survive a power cut. The same bytes twice are one blob. */
  put(bytes: Uint8Array): Promise<{ hash: string; size: number }>;
  /** @throws BlobMissingError when no such blob is stored */
  get(hash: string): Promise<Buffer>;
  /** The stream emits BlobMissingError when no such blob is stored. */
  stream(hash: string): Readable;
  has(hash: string): Promise<boolean>;
  /**
   * A file that holds the blob, only to be read.
   * @throws BlobMissingError when no such blob is stored
   */
  fileOf(hash: string): Promise<string>;
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

const HASH_PATTERN = /^[0-9a-f]{64}$/;

// A put takes seconds at most, so a temporary file this old belongs to a process that died.
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;

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
      return join(incoming, `scratch-${randomUUID()}`);
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

    stream(hash) {
      return Readable.from(chunksOf(folder, hash), { objectMode: false });
    },

    async has(hash) {
      return HASH_PATTERN.test(hash) && (await sizeOf(pathOf(folder, hash))) !== null;
    },
  };
}

async function* chunksOf(folder: string, hash: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(pathOf(folder, hash));
  } catch (error) {
    throw isMissing(error) ? new BlobMissingError(hash) : error;
  }
}

/** The pattern check also keeps `../` out of the file system. */
function pathOf(folder: string, hash: string): string {
  if (!HASH_PATTERN.test(hash)) throw new BlobMissingError(hash);
  return join(folder, hash.slice(0, 2), hash.slice(2));
}

async function prepareFolders(folder: string, incoming: string): Promise<void> {
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const names = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
  await Promise.all(names.map((name) => mkdir(join(folder, name), { recursive: true })));
  await fsyncFolder(folder);
  await removeLeftovers(incoming);
}

async function removeLeftovers(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LEFTOVER_AGE_MS) await rm(path, { recursive: true, force: true });
  }
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
