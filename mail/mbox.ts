import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { readHeaders } from './headers.ts';
import { MBOX_HEAD_BYTES, TOO_LARGE_HEAD_BYTES } from './limits.ts';

/** A mail in an mbox file (RFC 4155), without its `From ` line. */
export interface MboxEntry {
  /** Its place in the file, counted from 1. */
  place: number;
  start: number;
  bytes: number;
  /** What its own Date says, else its `From ` line; null for neither. */
  date: Date | null;
}

export interface Mbox {
  /** In the order of their dates; those without one keep their place behind the one before. */
  entries: readonly MboxEntry[];
  /** The mail, or its beginning when it is larger than `bytesMax`. */
  read(entry: MboxEntry, bytesMax: number): Promise<Buffer>;
  close(): Promise<void>;
}

const CHUNK_BYTES = 1024 * 1024;
const SEPARATOR = Buffer.from('\nFrom ');
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** @throws when the file cannot be read, or does not begin as an mbox file does */
export async function openMbox(path: string): Promise<Mbox> {
  const file = await open(path, 'r');
  const beginning = await bytesAt(file, 0, 5);
  if (beginning.length > 0 && beginning.toString() !== 'From ') {
    await file.close();
    throw new TypeError(`${path} is no mbox file: it does not begin with "From ".`);
  }
  const entries = await datesOf(file, await findEntries(file));
  return {
    entries,
    read: async ({ start, bytes }, bytesMax) => {
      const wanted = bytes > bytesMax ? Math.min(bytes, TOO_LARGE_HEAD_BYTES) : bytes;
      return unquote(await bytesAt(file, start, wanted));
    },
    close: () => file.close(),
  };
}

interface Found {
  start: number;
  bytes: number;
  line: string;
}

/** Where mails begin: at a line `From …` after an empty one. */
async function findEntries(file: FileHandle): Promise<Found[]> {
  const { size } = await file.stat();
  const starts: number[] = size === 0 ? [] : [0];
  const overlap = SEPARATOR.length + 2;
  for (let at = 0; at < size; at += CHUNK_BYTES) {
    const chunk = await bytesAt(file, at, CHUNK_BYTES + overlap);
    let hit = chunk.indexOf(SEPARATOR, 0);
    while (hit >= 0 && hit < CHUNK_BYTES + 2) {
      const isAfterEmpty = await endsEmptyLine(file, at + hit);
      const start = at + hit + 1;
      if (isAfterEmpty && starts.at(-1) !== start) starts.push(start);
      hit = chunk.indexOf(SEPARATOR, hit + 1);
    }
  }
  const found: Found[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? size;
    const head = await bytesAt(file, start, Math.min(end - start, MBOX_HEAD_BYTES));
    const length = head.indexOf(LINE_FEED) + 1;
    const line = head.subarray(0, length).toString('latin1');
    found.push({ start: start + length, bytes: Math.max(0, end - start - length), line });
  }
  return found;
}

/** The line feed at `place` ends a line that is empty. */
async function endsEmptyLine(file: FileHandle, place: number): Promise<boolean> {
  const before = await bytesAt(file, Math.max(0, place - 2), Math.min(2, place));
  const last = before.at(-1);
  return last === LINE_FEED || (last === CARRIAGE_RETURN && before.at(-2) === LINE_FEED);
}

async function datesOf(file: FileHandle, found: readonly Found[]): Promise<MboxEntry[]> {
  const entries: MboxEntry[] = [];
  for (const [index, { start, bytes, line }] of found.entries()) {
    const head = await bytesAt(file, start, Math.min(bytes, MBOX_HEAD_BYTES));
    const own = readHeaders(head).date;
    entries.push({
      place: index + 1,
      start,
      bytes,
      date: own === null ? lineDate(line) : new Date(own),
    });
  }
  let lastMs = 0;
  const dated = entries.map((entry) => {
    lastMs = entry.date?.getTime() ?? lastMs;
    return { entry, ms: lastMs };
  });
  return dated.toSorted((a, b) => a.ms - b.ms).map(({ entry }) => entry);
}

/** `From bo@acme.test Thu Nov 19 16:20:00 2026`: asctime, in UTC (RFC 4155, appendix A). */
function lineDate(line: string): Date | null {
  const [, text] = /^From \S+\s+(.+?)\s*$/.exec(line) ?? [];
  const ms = text === undefined ? Number.NaN : Date.parse(`${text} UTC`);
  return Number.isNaN(ms) ? null : new Date(ms);
}

async function bytesAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, start);
  return buffer.subarray(0, bytesRead);
}

/** `>From ` at the beginning of a line stands for `From `, with one `>` more for each quoting. */
function unquote(raw: Buffer): Buffer {
  if (!raw.includes('\n>')) return raw;
  return Buffer.from(raw.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
