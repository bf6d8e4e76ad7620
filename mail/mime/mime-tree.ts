import { Readable } from 'node:stream';
import { type AttachmentStream, type Headers, MailParser } from 'mailparser';
import { MIME_DEPTH_MAX, MIME_NODES_MAX, MIME_PARTS_MAX } from '../limits.ts';

/** A part that holds no other parts, by what its header says of it. */
export interface MimeLeaf {
  /** Lower case; `text/plain` when the part names none. */
  type: string;
  /** Parameters of the type, by lower-case name. */
  params: { [name: string]: string };
  /** Lower case, '' when the part says nothing. */
  disposition: string;
  /** Decoded and as the sender wrote it; '' for none. */
  filename: string;
  /** Without brackets, '' for none. */
  contentId: string;
  description: string;
}

/** The parts of a mail as they nest. `taken` is what the reader made of a leaf. */
export interface MimeNode<Taken> {
  /** Lower case, such as `multipart/alternative`. */
  type: string;
  children: MimeNode<Taken>[];
  taken: Taken | null;
}

export interface MimeTree<Taken> {
  root: MimeNode<Taken> | null;
  /** Why the tree ends early, in words; null when all of the mail was read. */
  problem: string | null;
}

/**
 * mailparser collects text parts whole in memory and decodes them as their label says. With no type
 * listed as text, every part streams by instead, and its bytes can be looked at before decoding.
 */
class LeafParser extends MailParser {
  textTypes: readonly string[] = [];
  /** Filled by mailparser; looked at by `nodeOf` only. */
  tree: unknown = null;
}

/**
 * Reads the parts of a mail one after the other. `take` gets the decoded content of each leaf as a
 * stream, and the parser waits for it. Never throws: what is wrong is the `problem`.
 */
export async function readMimeTree<Taken>(
  source: AsyncIterable<Buffer>,
  take: (leaf: MimeLeaf, content: Readable) => Promise<Taken>,
): Promise<MimeTree<Taken>> {
  const parser = new LeafParser({
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    checksumAlgo: false,
    maxChildNodes: MIME_NODES_MAX,
  });
  const failure = failureOf(parser);
  const taken = new Map<Headers, Taken>();
  let problem: string | null = null;
  const input = Readable.from(source, { objectMode: false });
  input.on('error', (error) => parser.destroy(error));
  try {
    input.pipe(parser);
    for await (const part of parser) {
      if (!isLeafStream(part)) continue;
      const taking = take(leafOf(part), part.content);
      // A parser that fails half-way never ends the content that it has begun.
      taken.set(part.headers, await Promise.race([taking, failure.promise]));
      part.release?.();
      if (taken.size >= MIME_PARTS_MAX) throw new Error(`it has more than ${taken.size} parts`);
    }
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  } finally {
    input.destroy();
    parser.destroy();
  }
  return { root: nodeOf(parser.tree, taken), problem };
}

function failureOf(parser: MailParser): { promise: Promise<never> } {
  const promise = new Promise<never>((_, reject) => {
    parser.on('error', reject);
  });
  promise.catch(() => undefined);
  return { promise };
}

function isLeafStream(part: unknown): part is AttachmentStream {
  return isRecord(part) && part['type'] === 'attachment' && part['content'] instanceof Readable;
}

function leafOf(part: AttachmentStream): MimeLeaf {
  const declared = part.headers.get('content-type');
  const params = isRecord(declared) && isRecord(declared['params']) ? declared['params'] : {};
  const description = part.headers.get('content-description');
  return {
    type: typeOf(part.contentType),
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    disposition: part.contentDisposition?.toLowerCase() ?? '',
    filename: part.filename ?? '',
    contentId: part.cid ?? '',
    description: typeof description === 'string' ? description : '',
  };
}

/** RFC 2045, 5.2: what names no type, or none that can be understood, is plain text. */
function typeOf(contentType: unknown): string {
  const type = typeof contentType === 'string' ? contentType.trim().toLowerCase() : '';
  return type.includes('/') ? type : 'text/plain';
}

function nodeOf<Taken>(
  node: unknown,
  taken: ReadonlyMap<unknown, Taken>,
  depth = 0,
): MimeNode<Taken> | null {
  if (!isRecord(node) || depth > MIME_DEPTH_MAX) return null;
  const children = Array.isArray(node['children']) ? node['children'] : [];
  return {
    type: typeOf(node['contentType']),
    children: children
      .map((child) => nodeOf(child, taken, depth + 1))
      .filter((child) => child !== null),
    taken: taken.get(node['headers']) ?? null,
  };
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
