/** A file that stood within a text. */
export interface UuencodedFile {
  filename: string;
  bytes: Buffer;
}

/** Programs that still do this send one file or a few. */
const FILES_MAX = 50;

const BEGIN = /^begin [0-7]{3,4} (\S.{0,254})$/;

/** A line begins with the number of its bytes; some programs add a checksum at its end. */
const BYTES_A_LINE_MAX = 63;
const CHECKSUM_CHARS_MAX = 1;

/**
 * Takes the uuencoded files out of a text (POSIX, uuencode). What does not decode from its first
 * line to its `end` stays in the text. Linear: a line is read once, as none begins another file.
 */
export function liftUuencoded(text: string): { text: string; files: UuencodedFile[] } {
  if (!/^begin [0-7]/m.test(text)) return { text, files: [] };
  const lines = text.split('\n');
  const kept: string[] = [];
  const files: UuencodedFile[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const filename = BEGIN.exec(line.trimEnd())?.[1];
    const block = filename !== undefined && files.length < FILES_MAX ? decode(lines, at + 1) : null;
    if (!block || filename === undefined) {
      kept.push(line);
      continue;
    }
    files.push({ filename, bytes: block.bytes });
    at = block.endAt;
  }
  return { text: kept.join('\n'), files };
}

/** Null unless all lines up to `end` are what they say. */
function decode(lines: readonly string[], from: number): { bytes: Buffer; endAt: number } | null {
  const chunks: Buffer[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trimEnd();
    if (line === 'end') return { bytes: Buffer.concat(chunks), endAt: at };
    const chunk = decodeLine(line);
    if (!chunk) return null;
    chunks.push(chunk);
  }
  return null;
}

/** Blanks at the end of a line are zeros that get lost on the way. */
function decodeLine(line: string): Buffer | null {
  const count = line === '' ? 0 : sixBits(line, 0);
  const chars = Math.ceil(count / 3) * 4;
  if (count > BYTES_A_LINE_MAX || line.length > 1 + chars + CHECKSUM_CHARS_MAX) return null;
  const bytes = Buffer.alloc((chars / 4) * 3);
  for (let at = 0; at < chars; at += 4) {
    const place = 1 + at;
    const four =
      (sixBits(line, place) << 18) |
      (sixBits(line, place + 1) << 12) |
      (sixBits(line, place + 2) << 6) |
      sixBits(line, place + 3);
    if (four < 0) return null;
    bytes.writeUIntBE(four, (at / 4) * 3, 3);
  }
  return bytes.subarray(0, count);
}

const FIRST = 0x20;
const LAST = 0x60;

/** -1 for a letter that no encoder writes; it makes everything that it is put into negative. */
function sixBits(line: string, at: number): number {
  const code = at < line.length ? line.charCodeAt(at) : FIRST;
  return code < FIRST || code > LAST ? -1 : (code - FIRST) & 0x3f;
}
