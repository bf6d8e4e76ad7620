import { firstValue } from '../header-block.ts';
import { type MailHeaders, readHeaders } from '../headers.ts';
import { HEAD_READ_BYTES_MAX, SOURCE_CHARS_MAX } from '../limits.ts';

/** A mail whose headers are read and whose body still streams. */
export interface OpenMail {
  headers: MailHeaders;
  /**
   * The mail as the MIME parser gets it: of the headers only those that tell of the content, so
   * that a megabyte of others costs it nothing.
   */
  content: AsyncGenerator<Buffer>;
  /** The beginning of the body as it came; all of it is there when the content was read. */
  bodyBegin(): Buffer;
}

const FIRST_READ_BYTES = 64 * 1024;

/** The fields that tell a parser how to read the body. */
const CONTENT_FIELDS = [
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'content-id',
  'content-description',
];

/** Reads as much of a mail as its headers need. */
export async function openMail(source: AsyncIterable<Buffer>): Promise<OpenMail> {
  const chunks = source[Symbol.asyncIterator]();
  let head = await gather(chunks, Buffer.alloc(0), FIRST_READ_BYTES);
  // Old Macintosh programs end lines with CR alone; to everything below that is one long line.
  const isBareCr = head.bytes.includes(0x0d) && !head.bytes.includes(0x0a);
  const lines = (bytes: Buffer): Buffer => (isBareCr ? withLineFeeds(bytes) : bytes);
  let headers = readHeaders(lines(head.bytes));
  if (headers.bodyStart >= head.bytes.length && !head.isEnd) {
    head = await gather(chunks, head.bytes, HEAD_READ_BYTES_MAX);
    headers = readHeaders(lines(head.bytes));
  }
  const first = lines(head.bytes).subarray(headers.bodyStart);
  let seen = first.subarray(0, SOURCE_CHARS_MAX);

  async function* content(): AsyncGenerator<Buffer> {
    yield contentFields(headers, first);
    yield* slicesOf(first);
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) return;
      const bytes = lines(next.value);
      if (seen.length < SOURCE_CHARS_MAX) {
        seen = Buffer.concat([seen, bytes.subarray(0, SOURCE_CHARS_MAX - seen.length)]);
      }
      yield* slicesOf(bytes);
    }
  }

  return { headers, content: content(), bodyBegin: () => seen };
}

/** The splitter reads a whole piece ahead: of a bomb it should not see thousands of parts. */
const SLICE_BYTES = 16 * 1024;

function* slicesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES);
}

async function gather(
  chunks: AsyncIterator<Buffer>,
  begin: Buffer,
  bytesMax: number,
): Promise<{ bytes: Buffer; isEnd: boolean }> {
  const pieces = [begin];
  let size = begin.length;
  while (size < bytesMax) {
    const next = await chunks.next();
    if (next.done === true) return { bytes: Buffer.concat(pieces), isEnd: true };
    pieces.push(next.value);
    size += next.value.length;
  }
  return { bytes: Buffer.concat(pieces), isEnd: false };
}

function withLineFeeds(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(0x0d); at >= 0; at = copy.indexOf(0x0d, at + 1)) copy[at] = 0x0a;
  return copy;
}

function contentFields({ raw }: MailHeaders, bodyBegin: Buffer): Buffer {
  const lines = CONTENT_FIELDS.filter((name) => raw.has(name)).map(
    (name) => `${name}: ${fieldValue(name, firstValue(raw, name), bodyBegin)}\r\n`,
  );
  return Buffer.from(`${lines.join('')}\r\n`);
}

/** A multipart that does not name its boundary shows it: it is the first line with two dashes. */
function fieldValue(name: string, value: string, bodyBegin: Buffer): string {
  const isNameless = /^\s*multipart\//i.test(value) && !/;\s*boundary\*?\d*\*?\s*=/i.test(value);
  if (name !== 'content-type' || !isNameless) return value;
  const begin = bodyBegin.toString('latin1', 0, SOURCE_CHARS_MAX);
  const boundary = /^--([\w'()+,./:=?-]{1,70})[ \t]*\r?$/m.exec(begin)?.[1];
  return boundary === undefined ? value : `${value}; boundary="${boundary}"`;
}
