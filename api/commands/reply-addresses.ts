import type { ReplyTarget } from '../../database/queries/outgoing-mail.ts';
import { refused } from '../../domain/errors.ts';
import type { BlobStore } from '../../mail/blob-store.ts';
import { readHeaders } from '../../mail/headers.ts';
import { HEADER_BYTES_MAX } from '../../mail/limits.ts';
import { splitTokenAddress } from '../../mail/token.ts';

/** A Reply-To of more addresses is a list's, and no place for an answer to one person. */
const REPLY_TO_MAX = 5;

/**
 * Where an answer goes: to the customer's address, unless the customer's newest mail from that
 * address asks for another (Reply-To, RFC 5322, 3.6.2). Never to our own mailbox: that would loop.
 * @throws RefusedError `validation` when the customer has no address
 */
export async function replyAddresses(blobs: BlobStore, target: ReplyTarget): Promise<string[]> {
  const { customer, lastMail, addresses } = target;
  const email = customer.email.toLowerCase();
  if (lastMail && lastMail.fromAddress.toLowerCase() === email) {
    const wanted = await replyTo(blobs, lastMail.rawHash);
    const outside = wanted.filter((address) => !isOurs(address, addresses));
    if (outside.length > 0 && outside.length <= REPLY_TO_MAX) return outside;
  }
  if (email === '') {
    throw refused('validation', 'The customer has no mail address; add one to the customer first.');
  }
  return [email];
}

async function replyTo(blobs: BlobStore, rawHash: string): Promise<string[]> {
  try {
    const head = await firstBytes(blobs, rawHash);
    return readHeaders(head).replyTo.map(({ address }) => address);
  } catch {
    // A raw mail that is gone says nothing; the customer's own address is known.
    return [];
  }
}

async function firstBytes(blobs: BlobStore, hash: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stream: AsyncIterable<Uint8Array> = blobs.stream(hash);
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.byteLength;
    if (bytes >= HEADER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks);
}

function isOurs(address: string, ours: readonly string[]): boolean {
  return ours.includes(address) || ours.includes(splitTokenAddress(address)?.address ?? '');
}
