/** PostgreSQL refuses U+0000, and the other control characters are invisible or move the cursor. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Embeddings, overrides and isolates: they make `exe.gpj` read as `jpg.exe`. */
const DIRECTION_CONTROL = /[\u202a-\u202e\u2066-\u2069]/g;

/** With the u flag only halves without their partner match; JSON and PostgreSQL refuse those. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Text that fits on one line: decoded words, names, subjects. Control and direction-override
 * characters are gone, white space is folded, lone surrogates are replaced, and at most `charsMax`
 * UTF-16 units are kept, never half a character.
 */
export function cleanLine(text: string, charsMax: number): string {
  const line = text
    .slice(0, charsMax * 4)
    .replace(DIRECTION_CONTROL, '')
    .replace(/[\t\r\n\u2028\u2029]/g, ' ')
    .replace(CONTROL, '')
    .replace(/\s+/g, ' ')
    .trim();
  return cut(line, charsMax);
}

/** Text of several lines: `\n` line ends, no control characters but tab, no lone surrogates. */
export function cleanText(text: string, charsMax: number): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(CONTROL, '');
  return cut(lines, charsMax);
}

/** At most `charsMax` UTF-16 units, ending between two characters. */
export function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return wellFormed(text);
  const last = text.charCodeAt(charsMax - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return wellFormed(text.slice(0, splitsPair ? charsMax - 1 : charsMax));
}

export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
