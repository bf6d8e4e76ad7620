import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** The decoded content of a part, kept aside: it is looked at piece by piece. */
export interface StoredPart<File> {
  /** What whoever asked for the mail gets of it. */
  file: File;
  /** Bytes. */
  size: number;
  /** Fewer bytes than asked for at the end. */
  read(start: number, length: number): Promise<Buffer>;
}

/** Where files of a mail go while it is read. */
export interface PartStore<File> {
  keep(content: AsyncIterable<Buffer>): Promise<StoredPart<File>>;
}

/** A file on disk that nobody but its maker knows yet. */
export interface SpooledFile {
  path: string;
  /** SHA-256 in lower-case hex. */
  hash: string;
  size: number;
}

/** Keeps files in memory: for mails that are small or our own. */
export const inMemory: PartStore<Buffer> = {
  async keep(content) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const file = Buffer.concat(chunks);
    return {
      file,
      size: file.length,
      read: async (start, length) => file.subarray(start, start + length),
    };
  },
};

/** What is looked at of a file that is not kept: enough for its type and for a calendar. */
const GLANCE_BYTES = 64 * 1024;

/** Keeps nothing but the beginning: for the files within a forwarded mail, which is kept whole. */
export const onlyGlanced: PartStore<null> = {
  async keep(content) {
    let seen = Buffer.alloc(0);
    let size = 0;
    for await (const chunk of content) {
      const missing = GLANCE_BYTES - seen.length;
      if (missing > 0) seen = Buffer.concat([seen, chunk.subarray(0, missing)]);
      size += chunk.length;
    }
    return {
      file: null,
      size,
      read: async (start, length) => seen.subarray(start, start + length),
    };
  },
};

/** Keeps files in a folder, each hashed while it is written. The folder is made with the first. */
export function inFolder(folder: string): PartStore<SpooledFile> {
  return {
    async keep(content) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomUUID());
      const hash = createHash('sha256');
      const file = await open(path, 'wx', 0o600);
      let size = 0;
      try {
        for await (const chunk of content) {
          hash.update(chunk);
          await file.writeFile(chunk);
          size += chunk.length;
        }
      } finally {
        await file.close();
      }
      return {
        file: { path, hash: hash.digest('hex'), size },
        size,
        read: (start, length) => readPiece(path, start, Math.min(length, size - start)),
      };
    },
  };
}

async function readPiece(path: string, start: number, length: number): Promise<Buffer> {
  if (length <= 0) return Buffer.alloc(0);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const PIECE_BYTES = 64 * 1024;

/** A stored part, or a range of it, as a stream of pieces. */
export async function* piecesOf(
  part: Pick<StoredPart<unknown>, 'read' | 'size'>,
  start = 0,
  end = part.size,
): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += PIECE_BYTES) {
    const piece = await part.read(at, Math.min(PIECE_BYTES, end - at));
    if (piece.length === 0) return;
    yield piece;
  }
}
