const HEAD_BYTES = 16;
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;

/** What both sides know before the first byte (MS-OXRTFCP, 2.1.2.1). */
const KNOWN =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern ' +
  '\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0' +
  '\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const WINDOW_BYTES = 4096;

/** RTF of a text of a million letters; a byte of input makes no more than 9 of it. */
const RTF_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Unpacks PR_RTF_COMPRESSED (MS-OXRTFCP), as far as it goes and no further than a limit. Null when
 * it is of neither kind.
 */
export function unpackRtf(data: Buffer): Buffer | null {
  if (data.length < HEAD_BYTES) return null;
  const kind = data.readUInt32LE(8);
  if (kind === PLAIN) return data.subarray(HEAD_BYTES);
  if (kind !== COMPRESSED) return null;
  const window = Buffer.alloc(WINDOW_BYTES, ' ');
  let place = window.write(KNOWN, 'latin1');
  const out = Buffer.alloc(Math.min(RTF_BYTES_MAX, data.length * 9));
  let size = 0;
  const put = (byte: number): void => {
    if (size < out.length) out[size] = byte;
    size += 1;
    window[place] = byte;
    place = (place + 1) % WINDOW_BYTES;
  };
  let at = HEAD_BYTES;
  while (at < data.length && size < out.length) {
    const flags = data[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < data.length; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(data[at] ?? 0);
        at += 1;
        continue;
      }
      if (at + 2 > data.length) return out.subarray(0, Math.min(size, out.length));
      const reference = data.readUInt16BE(at);
      at += 2;
      const from = reference >> 4;
      if (from === place) return out.subarray(0, Math.min(size, out.length));
      for (let step = 0; step < (reference & 0xf) + 2; step += 1) {
        put(window[(from + step) % WINDOW_BYTES] ?? 0);
      }
    }
  }
  return out.subarray(0, Math.min(size, out.length));
}
