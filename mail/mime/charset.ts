import { isUtf8 } from 'node:buffer';
import libmime from 'libmime';

/** Labels that say nothing, or that say ASCII where bytes above it follow. */
const EMPTY_LABEL =
  /^(?:(?:us-?)?ascii|ansi_x3\.4-1968|unknown|unknown-8bit|x-unknown|default|none|8bit|binary|)$/;

/** One byte is one character: any bytes are valid, so a wrong label never shows by itself. */
const SINGLE_BYTE = /^(?:iso-?8859|latin|windows-?\d|cp-?1?\d\d\d|koi8|mac|x-mac|us-ascii)/;

/** What unlabelled 8-bit text is most often, when it is no UTF-8. */
const WESTERN = 'windows-1252';

/** ESC $ or ESC ( : ISO-2022-JP travels unlabelled through old Japanese systems. */
const JAPANESE_SHIFT = /\x1b(?:\$[@B]|\([BJI])/;

/** `<meta charset=…>` and its older form, near the beginning of a document. */
const META_CHARSET = /<meta\b[^>]{0,200}\bcharset\s*=\s*["']?([\w.:-]{1,40})/i;
const META_BYTES_MAX = 2_048;

/**
 * The text of bytes that a sender labelled, or not, or wrongly. The bytes have the last word where
 * they can: text that is valid UTF-8 beyond ASCII is UTF-8, and text that is not, is not.
 */
export function decodeText(bytes: Buffer, label: string): string {
  const byMark = decodeMarked(bytes);
  if (byMark !== null) return byMark;
  const named = label.trim().toLowerCase();
  const isPlain = !hasHighBytes(bytes);
  if (EMPTY_LABEL.test(named) || named === 'utf-8' || named === 'utf8') {
    return decodeUnlabelled(bytes, isPlain, named.startsWith('utf'));
  }
  if (!isPlain && SINGLE_BYTE.test(named) && isUtf8(bytes)) return bytes.toString('utf8');
  const text = decodeAs(bytes, named) ?? decodeUnlabelled(bytes, isPlain, false);
  // A label of many bytes a character shows by itself that it is wrong.
  const isWrong = text.includes('\ufffd') && !isPlain && isUtf8(bytes);
  return isWrong ? bytes.toString('utf8') : text;
}

function decodeUnlabelled(bytes: Buffer, isPlain: boolean, isCalledUtf8: boolean): string {
  if (isPlain) {
    const text = bytes.toString('latin1');
    const isJapanese = !isCalledUtf8 && JAPANESE_SHIFT.test(text);
    return isJapanese ? (decodeAs(bytes, 'iso-2022-jp') ?? text) : text;
  }
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const meta = META_CHARSET.exec(bytes.toString('latin1', 0, META_BYTES_MAX))?.[1]?.toLowerCase();
  if (meta !== undefined && !meta.startsWith('utf')) {
    const text = decodeAs(bytes, meta);
    if (text !== null) return text;
  }
  const text = bytes.toString('utf8');
  return isMostlyUtf8(text) ? text : (decodeAs(bytes, WESTERN) ?? text);
}

/** A text that a server cut in the middle of a letter, or into which one other byte got. */
function isMostlyUtf8(text: string): boolean {
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const beyondAscii = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return beyondAscii > 2 * broken;
}

function decodeMarked(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be');
  return null;
}

/** The Encoding Standard knows what is in use; iconv knows the code pages of old systems too. */
function decodeAs(bytes: Buffer, charset: string): string | null {
  // UTF-7 would turn `+ADw-` into markup after everything that looks for markup has looked.
  if (/utf-?7/.test(charset)) return null;
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    const isKnown = libmime.createDecodeStream(charset).supported;
    return isKnown ? libmime.decodeWord(charset, 'B', bytes.toString('base64')) : null;
  }
}

function hasHighBytes(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte >= 0x80) return true;
  return false;
}
