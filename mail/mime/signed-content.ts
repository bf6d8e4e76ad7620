import type { StoredPart } from './stored-part.ts';

/** A stretch of bytes within a part. */
export interface Stretch {
  start: number;
  end: number;
}

const SEQUENCE = 0x30;
const OCTETS = 0x04;
/** Octets in pieces, as programs write them that do not know the length beforehand (X.690, 8.7). */
const OCTETS_IN_PIECES = 0x24;
const EXPLICIT = 0xa0;

/** The OIDs of RFC 5652, 4 and 5.1, with tag and length. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const DATA = Buffer.from('06092a864886f70d010701', 'hex');

/** Tag and length of a value need 6 bytes when it is no larger than 4 GB. */
const HEAD_BYTES = 6;
const WINDOW_BYTES = 64 * 1024;

/** Pieces have 1 to 4 KB: the largest mail that we take has fewer. */
const PIECES_MAX = 50_000;

interface Value extends Stretch {
  tag: number;
  /** Its end is not told but marked, so that `end` is that of what it stands in. */
  isOpen: boolean;
}

type ReadAt = (at: number, length: number) => Promise<Buffer>;

/**
 * Where the signed content stands in an opaque S/MIME part (RFC 8551, 3.5.2; CMS SignedData of
 * RFC 5652): a mail part of its own, readable without any key. Null for what is encrypted, holds no
 * content or is broken. Reads heads alone, in time linear to their number.
 */
export async function signedContentOf(part: StoredPart<unknown>): Promise<Stretch[] | null> {
  const read = windowOn(part);
  const enter = async (at: number, end: number, tag: number): Promise<Value | null> => {
    const value = await valueAt(read, at, end);
    return value?.tag === tag ? value : null;
  };
  const info = await enter(0, part.size, SEQUENCE);
  if (!info || !(await read(info.start, SIGNED_DATA.length)).equals(SIGNED_DATA)) return null;
  const explicit = await enter(info.start + SIGNED_DATA.length, info.end, EXPLICIT);
  const signed = explicit && (await enter(explicit.start, explicit.end, SEQUENCE));
  const version = signed && (await valueAt(read, signed.start, signed.end));
  const digests = version && !version.isOpen && (await valueAt(read, version.end, signed.end));
  if (!digests || digests.isOpen) return null;
  const content = await enter(digests.end, signed.end, SEQUENCE);
  if (!content || !(await read(content.start, DATA.length)).equals(DATA)) return null;
  const held = await enter(content.start + DATA.length, content.end, EXPLICIT);
  const octets = held && (await valueAt(read, held.start, held.end));
  if (octets?.tag === OCTETS && !octets.isOpen) return [octets];
  return octets?.tag === OCTETS_IN_PIECES ? piecesIn(read, octets) : null;
}

async function piecesIn(read: ReadAt, octets: Value): Promise<Stretch[] | null> {
  const pieces: Stretch[] = [];
  let at = octets.start;
  while (at < octets.end && pieces.length < PIECES_MAX) {
    const piece = await valueAt(read, at, octets.end);
    if (octets.isOpen && piece?.tag === 0 && piece.end === at + 2) return pieces;
    if (piece?.tag !== OCTETS || piece.isOpen) return null;
    pieces.push(piece);
    at = piece.end;
  }
  return octets.isOpen || at !== octets.end ? null : pieces;
}

/** Null when there is none, or it reaches beyond what it stands in. */
async function valueAt(read: ReadAt, at: number, end: number): Promise<Value | null> {
  const head = await read(at, HEAD_BYTES);
  const [tag, first] = head;
  if (tag === undefined || first === undefined) return null;
  if (first === 0x80) return { tag, start: at + 2, end, isOpen: true };
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || head.length < 2 + more) return null;
  const length = more === 0 ? first : head.readUIntBE(2, more);
  const start = at + 2 + more;
  return start + length > end ? null : { tag, start, end: start + length, isOpen: false };
}

/** Heads stand close to each other: a part is read by windows, and not once for each. */
function windowOn(part: StoredPart<unknown>): ReadAt {
  let begin = 0;
  let bytes: Buffer = Buffer.alloc(0);
  return async (at, length) => {
    if (at < begin || at + length > begin + bytes.length) {
      bytes = await part.read(at, WINDOW_BYTES);
      begin = at;
    }
    return bytes.subarray(at - begin, at - begin + length);
  };
}
