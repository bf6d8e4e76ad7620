import { Readable } from 'node:stream';
import { cleanText } from '../clean-text.ts';
import { TEXT_BYTES_MAX, TEXT_CHARS_MAX, TEXT_PART_BYTES_MAX } from '../limits.ts';
import { decodeText } from './charset.ts';
import type { MailFile } from './attachments.ts';
import { unfoldFlowed } from './flowed.ts';
import type { MimeLeaf } from './mime-tree.ts';
import type { PartStore, StoredPart } from './stored-part.ts';
import { liftUuencoded } from './uuencoded.ts';

/** What the reader made of a part: words of the body, or a file. */
export type Leaf<File> =
  | { kind: 'text'; text: string; isHtml: boolean; isCut: boolean; files: MailFile<File>[] }
  | { kind: 'file'; leaf: MimeLeaf; stored: StoredPart<File> };

/** Reads the leaves of one mail, which share what the mail may take of memory. */
export function createLeafReader<File>(
  store: PartStore<File>,
): (leaf: MimeLeaf, content: AsyncIterable<Buffer>) => Promise<Leaf<File>> {
  let bytesLeft = TEXT_BYTES_MAX;
  let hasBody = false;
  return async (leaf, content) => {
    if (!isBody(leaf, hasBody)) return { kind: 'file', leaf, stored: await store.keep(content) };
    hasBody = true;
    const { bytes, isCut } = await collect(content, Math.min(bytesLeft, TEXT_PART_BYTES_MAX));
    bytesLeft -= bytes.length;
    const words = wordsOf(leaf, bytes);
    if (leaf.type === 'text/html') {
      return { kind: 'text', text: words, isHtml: true, isCut, files: [] };
    }
    const lifted = liftUuencoded(words);
    const files: MailFile<File>[] = [];
    for (const { filename, bytes: content } of lifted.files) {
      const within = { type: 'application/octet-stream', filename, contentId: '', description: '' };
      files.push({ leaf: within, stored: await store.keep(Readable.from([content])) });
    }
    const text = cleanText(lifted.text, TEXT_CHARS_MAX);
    return { kind: 'text', text, isHtml: false, isCut, files };
  };
}

/** Text with a name of its own after the body is a file that some programs send inline. */
function isBody({ type, disposition, filename }: MimeLeaf, hasBody: boolean): boolean {
  if (type !== 'text/plain' && type !== 'text/html') return false;
  if (disposition === 'attachment') return false;
  return filename === '' || !hasBody;
}

function wordsOf({ type, params }: MimeLeaf, bytes: Buffer): string {
  const decoded = decodeText(bytes, params['charset'] ?? '').replace(/\r\n?/g, '\n');
  const isFlowed = type === 'text/plain' && params['format']?.toLowerCase() === 'flowed';
  const deletesSpaces = params['delsp']?.toLowerCase() === 'yes';
  if (type === 'text/html') return decoded;
  return isFlowed ? unfoldFlowed(decoded, deletesSpaces) : decoded;
}

/** The beginning of a stream; the rest is read and let go, so that the parser can go on. */
async function collect(
  content: AsyncIterable<Buffer>,
  bytesMax: number,
): Promise<{ bytes: Buffer; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  for await (const chunk of content) {
    const piece = chunk.subarray(0, bytesMax - size);
    if (piece.length < chunk.length) isCut = true;
    // A copy: what the decoder gives is a window on a larger buffer.
    if (piece.length > 0) chunks.push(isCut ? Buffer.from(piece) : piece);
    size += piece.length;
  }
  return { bytes: Buffer.concat(chunks), isCut };
}
