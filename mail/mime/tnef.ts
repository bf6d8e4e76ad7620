import { decodeText } from './charset.ts';
import { unpackRtf } from './compressed-rtf.ts';
import { type MapiValue, readMapiProperties } from './mapi.ts';
import { readRtf } from './rtf.ts';
import type { StoredPart } from './stored-part.ts';

/** A file within a winmail.dat: where its bytes stand, so that they need not be in memory. */
export interface TnefFile {
  filename: string;
  /** '' for none. */
  contentId: string;
  start: number;
  end: number;
}

export interface Tnef {
  /** '' when it has none: mostly the mail has a text part of its own beside it. */
  text: string;
  html: string;
  files: TnefFile[];
  /** False when it ends in the middle: there may be more in it than could be read. */
  isWhole: boolean;
}

const SIGNATURE = 0x223e9f78;
const HEAD_BYTES = 6;
/** Level, id with type, and length of an attribute; after its data come two bytes of checksum. */
const ATTRIBUTE_BYTES = 9;
const CHECKSUM_BYTES = 2;

const BODY = 0x0002800c;
const CODE_PAGE = 0x00069007;
const MESSAGE_PROPERTIES = 0x00069003;
const FILE_BEGINS = 0x00069002;
const FILE_TITLE = 0x00018010;
const FILE_DATA = 0x0006800f;
const FILE_PROPERTIES = 0x00069005;

/** Attributes of one winmail.dat; a mail with 50 files has about 400. */
const ATTRIBUTES_MAX = 5_000;
const FILES_MAX = 200;

/** What is read of one attribute other than a file's data: a long text with its properties. */
const ATTRIBUTE_READ_BYTES_MAX = 4 * 1024 * 1024;

const PR_BODY = 0x1000;
const PR_HTML = 0x1013;
const PR_RTF_COMPRESSED = 0x1009;
const PR_DATA = 0x3701;
const PR_SHORT_NAME = 0x3704;
const PR_LONG_NAME = 0x3707;
const PR_CONTENT_ID = 0x3712;

interface Attribute {
  id: number;
  start: number;
  length: number;
}

/**
 * Reads what Outlook packed into a winmail.dat (MS-OXTNEF): its text and where its files stand.
 * Null when it is none. Bounded, and a file that ends early gives what came before.
 */
export async function readTnef(part: StoredPart<unknown>): Promise<Tnef | null> {
  const head = await part.read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES || head.readUInt32LE(0) !== SIGNATURE) return null;
  const found: Tnef = { text: '', html: '', files: [], isWhole: true };
  let charset = 'windows-1252';
  let file: TnefFile | null = null;
  for await (const attribute of attributesOf(part)) {
    const { id, start, length } = attribute;
    if (start + length + CHECKSUM_BYTES > part.size) found.isWhole = false;
    const data = (): Promise<Buffer> =>
      part.read(start, Math.min(length, ATTRIBUTE_READ_BYTES_MAX));
    if (id === CODE_PAGE) charset = charsetOf(await data());
    else if (id === BODY) found.text ||= textOf(await data(), charset);
    else if (id === MESSAGE_PROPERTIES) readBodies(found, await data(), charset);
    else if (id === FILE_BEGINS) {
      file = { filename: '', contentId: '', start: 0, end: 0 };
      if (found.files.length < FILES_MAX) found.files.push(file);
    } else if (file) {
      if (id === FILE_TITLE) file.filename ||= textOf(await data(), charset);
      if (id === FILE_DATA) Object.assign(file, { start, end: start + length });
      if (id === FILE_PROPERTIES) readFileProperties(file, await data(), start, charset);
    }
  }
  return { ...found, files: found.files.filter(({ start, end }) => end > start) };
}

async function* attributesOf(part: StoredPart<unknown>): AsyncGenerator<Attribute> {
  let at = HEAD_BYTES;
  for (let count = 0; count < ATTRIBUTES_MAX; count += 1) {
    const head = await part.read(at, ATTRIBUTE_BYTES);
    if (head.length < ATTRIBUTE_BYTES) return;
    const id = head.readUInt32LE(1);
    const start = at + ATTRIBUTE_BYTES;
    const length = Math.min(head.readUInt32LE(5), part.size - start);
    yield { id, start, length };
    at = start + length + CHECKSUM_BYTES;
  }
}

function charsetOf(data: Buffer): string {
  const page = data.length >= 4 ? data.readUInt32LE(0) : 0;
  if (page === 65001) return 'utf-8';
  if (page === 932) return 'shift_jis';
  if (page === 936) return 'gb18030';
  if (page === 949) return 'euc-kr';
  if (page === 950) return 'big5';
  return page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252';
}

function readBodies(found: Tnef, data: Buffer, charset: string): void {
  const properties = readMapiProperties(data);
  found.text ||= stringOf(data, properties.get(PR_BODY), charset);
  found.html ||= stringOf(data, properties.get(PR_HTML), charset);
  const packed = properties.get(PR_RTF_COMPRESSED);
  const rtf = packed ? unpackRtf(data.subarray(packed.start, packed.end)) : null;
  if (rtf && found.text === '' && found.html === '') Object.assign(found, readRtf(rtf));
}

function readFileProperties(file: TnefFile, data: Buffer, offset: number, charset: string): void {
  const properties = readMapiProperties(data);
  const longName = stringOf(data, properties.get(PR_LONG_NAME), charset);
  const name = longName || file.filename || stringOf(data, properties.get(PR_SHORT_NAME), charset);
  const contentId = stringOf(data, properties.get(PR_CONTENT_ID), charset);
  Object.assign(file, { filename: name, contentId: contentId.replace(/^<|>$/g, '') });
  const bytes = properties.get(PR_DATA);
  if (file.end === 0 && bytes) {
    Object.assign(file, { start: offset + bytes.start, end: offset + bytes.end });
  }
}

function stringOf(data: Buffer, value: MapiValue | undefined, charset: string): string {
  if (!value) return '';
  const bytes = data.subarray(value.start, value.end);
  return value.isUnicode ? withoutNul(bytes.toString('utf16le')) : textOf(bytes, charset);
}

function textOf(bytes: Buffer, charset: string): string {
  return withoutNul(decodeText(bytes, charset));
}

/** Strings end with a NUL that is no part of them. */
function withoutNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
