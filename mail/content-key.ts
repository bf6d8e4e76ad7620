import { createHash } from 'node:crypto';
import { firstValue } from './header-block.ts';
import type { MailHeaders } from './headers.ts';

const KEYED_FIELDS = ['message-id', 'from', 'date', 'subject'];
const CARRIAGE_RETURN = 0x0d;

/** The body passes through a scratch buffer of this size, so that memory stays flat. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A key that two copies of one mail share, whichever way each of them came: SHA-256 over
 * Message-ID, From, Date, Subject and body. Fields that relays add or fold anew, and line ends,
 * which mail stores change, do not count. Without an author the envelope's sender stands for them.
 */
export function contentKey(raw: Buffer, headers: MailHeaders, envelopeFrom = ''): string {
  const hash = createHash('sha256');
  for (const name of KEYED_FIELDS) {
    // Values hold no NUL, so no two different mails make the same input.
    hash.update(`${name}\0${firstValue(headers.raw, name).replace(/\s+/g, ' ')}\0`);
  }
  // Two people whose programs leave their name out have not written the same mail.
  if (headers.from === null) hash.update(`envelope\0${envelopeFrom.toLowerCase()}\0`);
  const body = withoutLastLineEnds(raw.subarray(headers.bodyStart));
  for (const chunk of withoutCarriageReturns(body)) hash.update(chunk);
  return hash.digest('hex');
}

function withoutLastLineEnds(body: Buffer): Buffer {
  let end = body.length;
  while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === CARRIAGE_RETURN)) end -= 1;
  return body.subarray(0, end);
}

function* withoutCarriageReturns(body: Buffer): Generator<Buffer> {
  if (!body.includes(CARRIAGE_RETURN)) {
    yield body;
    return;
  }
  const scratch = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let start = 0; start < body.length; start += CHUNK_BYTES) {
    const end = Math.min(start + CHUNK_BYTES, body.length);
    let filled = 0;
    for (let at = start; at < end; at += 1) {
      const byte = body[at] ?? 0;
      if (byte !== CARRIAGE_RETURN) {
        scratch[filled] = byte;
        filled += 1;
      }
    }
    yield scratch.subarray(0, filled);
  }
}
