import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { BlobStore, ByteRange } from '../../../mail/blob-store.ts';

/** Types that a browser shows by itself without running anything; others are only saved. */
const SHOWABLE = /^image\/(png|jpeg|gif|webp|bmp|avif)$/;

export interface ServedFile {
  filename: string;
  contentType: string;
  bytes: number;
  hash: string;
  /** Default: for a day, in the browser of who was let in. */
  cacheControl?: string;
}

/**
 * Answers with a stored file as a download that runs nothing: as a stream, whole or the range that
 * was asked for (RFC 9110, 14), and for HEAD with its headers alone.
 */
export function serveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  { filename, contentType, bytes, hash, cacheControl }: ServedFile,
): FastifyReply {
  const etag = `"${hash}"`;
  const range = rangeOf(request, bytes, etag);
  void reply
    .header('content-disposition', disposition(filename))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', cacheControl ?? 'private, max-age=86400, immutable')
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .header('content-length', range ? range.end - range.start + 1 : bytes)
    .type(SHOWABLE.test(contentType) ? contentType : 'application/octet-stream');
  if (range) {
    void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  }
  // Fastify would read a stream to its end for HEAD, and writes a length of its own without one.
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : blobs.stream(hash, range));
}

/** One range of bytes; what is not understood, or lies outside, is answered with the whole. */
function rangeOf(
  { headers, method }: FastifyRequest,
  bytes: number,
  etag: string,
): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const isOther = headers['if-range'] !== undefined && headers['if-range'] !== etag;
  if (method !== 'GET' || isOther || (first === '' && last === '')) return undefined;
  const range =
    first === ''
      ? { start: Math.max(0, bytes - Number(last)), end: bytes - 1 }
      : { start: Number(first), end: Math.min(last === '' ? Infinity : Number(last), bytes - 1) };
  return range.start <= range.end ? range : undefined;
}

/** RFC 6266: a plain name for old programs and the true one in UTF-8 (RFC 8187). */
export function disposition(
  filename: string,
  kind: 'attachment' | 'inline' = 'attachment',
): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
