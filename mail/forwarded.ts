import { readAddresses } from './address.ts';
import type { MailAddress } from './address.ts';
import { FORWARDED, FORWARD_SUBJECT, HEADER_LINES } from './quote-words.ts';

/** Lines that are searched: what was forwarded stands below a few lines of comment. */
const LINES_MAX = 400;

/** Lines that a header block takes, wrapped recipients among them. */
const BLOCK_LINES = 10;

const QUOTE_MARKS = /^[\s>|]*/;

/** Whether a mail shows what somebody else wrote, in the words of the usual mail programs. */
export function isForward(subject: string, text: string): boolean {
  if (FORWARD_SUBJECT.test(subject)) return true;
  return firstLines(text).some((line) => FORWARDED.test(line));
}

/**
 * Who wrote the mail that is forwarded in this text: the author that its header lines name. Null
 * when no line says so with an address.
 */
export function readForwardedAuthor(text: string): MailAddress | null {
  const lines = firstLines(text);
  for (const [index, line] of lines.entries()) {
    if (!HEADER_LINES[0]?.test(line) || !isHeaderBlock(lines, index)) continue;
    const author = authorIn(line);
    if (author) return author;
  }
  return null;
}

function firstLines(text: string): string[] {
  const lines = text.split('\n', LINES_MAX);
  return lines.map((line) => line.slice(0, 1_000).replace(QUOTE_MARKS, '').trimEnd());
}

/** Two of the other header lines follow: a sentence that begins with "From: " is no header. */
function isHeaderBlock(lines: readonly string[], index: number): boolean {
  const block = lines.slice(index + 1, index + BLOCK_LINES);
  const [, ...others] = HEADER_LINES;
  return others.filter((header) => block.some((line) => header.test(line))).length >= 2;
}

/** `From: Bo Ek <bo@b.example>`, `*Von:* "Ek, Bo" [mailto:bo@b.example]`, `De : bo@b.example`. */
function authorIn(line: string): MailAddress | null {
  const value = line
    .slice(line.indexOf(':') + 1)
    .replace(/\*/g, '')
    .replace(/[[(<]\s*mailto:([^\])>\s]+)[\])>]?/gi, '<$1>')
    .replace(/(<[^<>]+>)\s*\1/g, '$1')
    .trim();
  const found = /[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]+/.exec(value)?.[0];
  if (found === undefined) return null;
  const [author] = readAddresses(found);
  if (!author) return null;
  const name = value
    .slice(0, value.indexOf(found))
    .replace(/[<"[(]/g, '')
    .trim();
  return { name: name.replace(/,$/, ''), address: author.address };
}
