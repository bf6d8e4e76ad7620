import { refused } from '../domain/errors.ts';

/** Part of a long list: its items and where the next part begins. */
export interface Page<Item> {
  items: Item[];
  /** Opaque; null at the end. */
  nextCursor: string | null;
}

/** `limit` is clamped by the API before it comes here. */
export interface PageRequest {
  limit: number;
  cursor: string | null;
}

export type KeyPart = string | number | null;

/** A cursor holds a time, a number and a name at most; longer ones are not ours. */
const CURSOR_CHARS_MAX = 2_000;

/**
 * Makes a page of rows that were read with one more than the limit. `order` names the order that
 * the cursor belongs to, so that it is refused in another one.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  order: string,
  keyOf: (row: Row) => KeyPart[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? writeCursor(order, keyOf(last)) : null };
}

export function writeCursor(order: string, key: readonly KeyPart[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

/** Reads the parts of a cursor one after the other. */
export interface CursorKey {
  text(): string;
  number(): number;
  /** ISO 8601. */
  time(): string;
  timeOrNull(): string | null;
}

/** @throws RefusedError `validation` when we did not make this cursor for this order */
export function readCursor(cursor: string, order: string): CursorKey {
  const [given, ...parts] = parse(cursor);
  if (given !== order) throw badCursor(cursor);
  const next = (): unknown => parts.shift();
  const timeOrNull = (): string | null => {
    const part = next();
    if (part === null) return null;
    if (typeof part === 'string' && !Number.isNaN(Date.parse(part))) return part;
    throw badCursor(cursor);
  };
  return {
    text: () => {
      const part = next();
      if (typeof part !== 'string' || part.includes('\0')) throw badCursor(cursor);
      return part;
    },
    number: () => {
      const part = next();
      if (typeof part !== 'number' || !Number.isSafeInteger(part)) throw badCursor(cursor);
      return part;
    },
    time: () => {
      const part = timeOrNull();
      if (part === null) throw badCursor(cursor);
      return part;
    },
    timeOrNull,
  };
}

function parse(cursor: string): unknown[] {
  if (cursor.length > CURSOR_CHARS_MAX) throw badCursor(cursor);
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through: not JSON is not a cursor either.
  }
  throw badCursor(cursor);
}

function badCursor(cursor: string): Error {
  const shown = cursor.slice(0, 80);
  return refused(
    'validation',
    `The cursor "${shown}" does not belong to this list; take nextCursor of its last answer.`,
  );
}
