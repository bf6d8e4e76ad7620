/** Where the value of a property stands in the bytes that were read. */
export interface MapiValue {
  start: number;
  end: number;
  isUnicode: boolean;
}

/** Bytes of values that have a fixed size, padded to four (MS-OXTNEF, 2.1.3.4). */
const FIXED_BYTES: { [type: number]: number } = {
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};

const STRING = 0x001e;
const UNICODE = 0x001f;
const BINARY = 0x0102;
const OBJECT = 0x000d;
const MULTIPLE = 0x1000;
const FIRST_NAMED = 0x8000;
const GUID_BYTES = 16;

/** Properties of one object; a meeting has about 200. */
const PROPERTIES_MAX = 2_000;
const VALUES_MAX = 2_000;

/**
 * The values of variable length in a list of MAPI properties, by property id; those of fixed size
 * are stepped over. Reads as far as the list makes sense, and gives what it found until there.
 */
export function readMapiProperties(data: Buffer): Map<number, MapiValue> {
  const found = new Map<number, MapiValue>();
  if (data.length < 4) return found;
  const count = Math.min(data.readUInt32LE(0), PROPERTIES_MAX);
  let at = 4;
  for (let index = 0; index < count && at + 4 <= data.length; index += 1) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= FIRST_NAMED) at = afterName(data, at);
    const value = readValue(data, at, type);
    if (!value) return found;
    if (value.first && !found.has(id)) found.set(id, value.first);
    at = value.next;
  }
  return found;
}

/** A named property has a GUID, and a number or a name, in front of its value. */
function afterName(data: Buffer, at: number): number {
  const kindAt = at + GUID_BYTES;
  if (kindAt + 8 > data.length) return data.length;
  if (data.readUInt32LE(kindAt) === 0) return kindAt + 8;
  return kindAt + 8 + padded(data.readUInt32LE(kindAt + 4));
}

interface ReadValue {
  first: MapiValue | null;
  next: number;
}

function readValue(data: Buffer, start: number, type: number): ReadValue | null {
  const base = type & ~MULTIPLE;
  const fixed = FIXED_BYTES[base];
  if (fixed !== undefined) {
    if ((type & MULTIPLE) === 0) return { first: null, next: start + fixed };
    return start + 4 > data.length
      ? null
      : { first: null, next: start + 4 + fixed * data.readUInt32LE(start) };
  }
  if (![STRING, UNICODE, BINARY, OBJECT].includes(base) || start + 4 > data.length) return null;
  const values = Math.min(data.readUInt32LE(start), VALUES_MAX);
  let at = start + 4;
  let first: MapiValue | null = null;
  for (let index = 0; index < values; index += 1) {
    if (at + 4 > data.length) return first ? { first, next: data.length } : null;
    const length = data.readUInt32LE(at);
    // An object begins with the GUID of its kind.
    const begin = at + 4 + (base === OBJECT ? GUID_BYTES : 0);
    const end = at + 4 + length;
    first ??= { start: begin, end, isUnicode: base === UNICODE };
    at = at + 4 + padded(length);
  }
  return { first, next: at };
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
