import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** A whole mail in a file, with CRLF line ends. */
export interface MailFile {
  path: string;
  /** Bytes. */
  size: number;
  /** False when the server has to take bytes above 127 (RFC 6152). */
  isAscii: boolean;
}

const ABOVE_ASCII = /[\x80-\xff]/;

/** Looks at a mail's file as sending needs it, piece by piece. */
export async function readMailFile(path: string): Promise<MailFile> {
  const { size } = await stat(path);
  const pieces: AsyncIterable<Buffer> = createReadStream(path);
  for await (const piece of pieces) {
    if (ABOVE_ASCII.test(piece.toString('latin1'))) return { path, size, isAscii: false };
  }
  return { path, size, isAscii: true };
}

/** A part of a mail; `end` is not in it. */
export async function* piecesOfMail(
  raw: Buffer | MailFile,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  if (start >= end) return;
  if (!Buffer.isBuffer(raw)) {
    yield* createReadStream(raw.path, { start, end: end - 1, highWaterMark: CHUNK_BYTES });
    return;
  }
  for (let at = start; at < end; at += CHUNK_BYTES) {
    yield raw.subarray(at, Math.min(at + CHUNK_BYTES, end));
  }
}

/** Chunks of this size let a slow connection hold back the reading, and so the hand-over. */
const CHUNK_BYTES = 64 * 1024;
