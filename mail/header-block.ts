import { isUtf8 } from 'node:buffer';
import { HEADER_BYTES_MAX, HEADER_FIELDS_MAX } from './limits.ts';

/** Unfolded values by lower-case field name, in their order in the mail; words still encoded. */
export type HeaderFields = ReadonlyMap<string, readonly string[]>;

export interface HeaderBlock {
  fields: HeaderFields;
  /** Where the body begins, in bytes; the mail's length when there is none. */
  bodyStart: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** RFC 5322, 2.2: printable ASCII but the colon; spaces before the colon are obsolete syntax. */
const FIELD = /^([!-9;-~]+)[ \t]*:([^]*)$/;

/** Reads the header fields of a mail or of a MIME part. Lines that are no field are passed over. */
export function readHeaderBlock(raw: Buffer): HeaderBlock {
  const lines: string[] = [];
  const bodyStart = collectLines(raw, lines);
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const match = FIELD.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const value = match?.[2] ?? '';
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  decodeValues(fields);
  return { fields, bodyStart };
}

/** The first value of a field as it stands in the mail, '' when the field is missing. */
export function firstValue(fields: HeaderFields, name: string): string {
  return fields.get(name)?.[0] ?? '';
}

/** Puts unfolded lines, one character a byte, into `lines`; returns where the body begins. */
function collectLines(raw: Buffer, lines: string[]): number {
  let pieces: string[] = [];
  let start = 0;
  while (start < raw.length) {
    const lineFeed = raw.indexOf(LINE_FEED, start);
    const next = lineFeed < 0 ? raw.length : lineFeed + 1;
    let end = lineFeed < 0 ? raw.length : lineFeed;
    if (end > start && raw[end - 1] === CARRIAGE_RETURN) end -= 1;
    if (end === start) {
      start = next;
      break;
    }
    if (start < HEADER_BYTES_MAX && lines.length < HEADER_FIELDS_MAX) {
      const line = raw.toString('latin1', start, Math.min(end, HEADER_BYTES_MAX));
      const isFolded = raw[start] === 0x20 || raw[start] === 0x09;
      if (!isFolded && pieces.length > 0) {
        lines.push(pieces.join(''));
        pieces = [];
      }
      pieces.push(line);
    }
    start = next;
  }
  if (pieces.length > 0) lines.push(pieces.join(''));
  return start;
}

/**
 * Raw 8-bit bytes in headers carry no label (RFC 6532 allows UTF-8 only). Senders who put other
 * bytes there use the charset of their body, or else what their country's Windows uses.
 */
function decodeValues(fields: Map<string, string[]>): void {
  const contentType = firstValue(fields, 'content-type');
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'windows-1252';
  for (const values of fields.values()) {
    for (const [index, value] of values.entries()) {
      const text = /[\x80-\xff]/.test(value) ? decodeBytes(value, charset) : value;
      values[index] = text.replace(/[\0\r]/g, '').trim();
    }
  }
}

function decodeBytes(binary: string, charset: string): string {
  const bytes = Buffer.from(binary, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
