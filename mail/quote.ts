import { QUOTE_LINES_MAX } from './limits.ts';
import { foldSignature } from './signature.ts';
import {
  ATTRIBUTIONS,
  ATTRIBUTION_STARTS,
  FORWARDED,
  FORWARD_SUBJECT,
  HEADER_LINES,
  ORIGINAL_MESSAGE,
} from './quote-words.ts';

export interface SplitText {
  /** What the sender wrote anew, with what is answered line by line. */
  replyText: string;
  /** The mail that is answered, and the signature, to be folded; '' when there is neither. */
  quotedText: string;
}

/** Where the quotation stands: this is what a view of the HTML has to know too. */
export type QuotePlace = 'none' | 'below' | 'top' | 'between' | 'forward';

/** An attribution is wrapped into this many lines at most. */
const ATTRIBUTION_LINES_MAX = 4;

/** Outlook's header block has four to six lines, wrapped recipients among them. */
const HEADER_BLOCK_LINES = 8;

const QUOTED = /^\s{0,3}[>|]/;
const BLANK = /^[\s\u200b]*$/;
const RULE = /^\s*[_-]{5,}\s*$/;
/** RFC 3676, 4.3; mail programs strip the space, and lists put a rule of underscores. */
const SIGNATURE = /^(?:--\s?|_{5,}\s*)$/;

/** Longer lines are paragraphs; searching them for an attribution would cost too much. */
const ATTRIBUTION_CHARS_MAX = 500;

/** A time of day or an address: what an attribution has and a sentence seldom. */
const TIME_OR_ADDRESS = /\d{1,2}[:.h]\d\d|<[^<>\s]+@[^<>\s]+>/;

/**
 * Tells what a person wrote from the mail that is answered below, above or between. Nothing gets
 * lost: both parts together are the text. What cannot be told for sure stays in the reply.
 *
 * @param subject of the mail: a forwarded mail is what its sender wants to show, so it stays
 */
export function splitQuote(text: string, subject = ''): SplitText {
  const { replyText, quotedText } = splitReply(text, subject);
  return { replyText, quotedText };
}

/** The same, with the place of the quotation. */
export function splitReply(text: string, subject = ''): SplitText & { place: QuotePlace } {
  const lines = text.split('\n');
  const whole = { replyText: text, quotedText: '' };
  if (lines.length > QUOTE_LINES_MAX) return { ...whole, place: 'none' };
  if (lines.some((line) => FORWARDED.test(line)) && isForwardFirst(lines)) {
    return { ...whole, place: 'forward' };
  }
  const isForward = FORWARD_SUBJECT.test(subject);
  const start = findQuotation(lines, isForward);
  if (start === null) {
    return isForward
      ? { ...whole, place: 'forward' }
      : { ...foldSignature(whole, false), place: 'none' };
  }
  const below = endOfTopQuotation(lines, start);
  const parts = below === null ? partsAt(lines, start) : partsAt(lines, below, true);
  // A mail without anything new is shown whole: its sender wanted to say something.
  if (parts.replyText === '') return { ...whole, place: 'none' };
  const isBetween = parts.replyText.split('\n').some((line) => QUOTED.test(line));
  const place = isBetween ? 'between' : below === null ? 'below' : 'top';
  return { ...foldSignature(parts, below === null), place };
}

/** Whether the mark of a forwarded mail comes before anything that is quoted. */
function isForwardFirst(lines: string[]): boolean {
  return findQuotation(lines, false) === null;
}

function partsAt(lines: string[], at: number, isReplyBelow = false): SplitText {
  const above = trimLines(lines.slice(0, at));
  const below = trimLines(lines.slice(at));
  return isReplyBelow
    ? { replyText: below, quotedText: above }
    : { replyText: above, quotedText: below };
}

function trimLines(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** The line where everything to the end is quotation, or where the quotation on top begins. */
function findQuotation(lines: string[], isForward: boolean): number | null {
  for (const [index, line] of lines.entries()) {
    if (BLANK.test(line)) continue;
    if (FORWARDED.test(line)) return null;
    if (ORIGINAL_MESSAGE.test(line.trim()) || isHeaderBlock(lines, index)) {
      return isForward ? null : withRuleAbove(lines, index);
    }
    const attributionLines = isAttribution(lines, index);
    if (attributionLines > 0) {
      const at = followAttribution(lines, index, index + attributionLines);
      if (at !== null) return at;
    }
    if (QUOTED.test(line)) {
      const at = followQuotedLines(lines, index);
      if (at !== null) return at;
    }
  }
  return null;
}

function isHeaderBlock(lines: string[], index: number): boolean {
  const first = lines[index]?.trimStart() ?? '';
  // A blank line ends a block: below it a person may write anything.
  const block = [first];
  for (const line of lines.slice(index + 1, index + HEADER_BLOCK_LINES)) {
    if (BLANK.test(line)) break;
    block.push(line.trimStart());
  }
  const found = HEADER_LINES.filter((header) => block.some((line) => header.test(line)));
  return found.length >= 3 && HEADER_LINES.some((header) => header.test(first));
}

function withRuleAbove(lines: string[], index: number): number {
  let at = index;
  while (at > 0 && BLANK.test(lines[at - 1] ?? '')) at -= 1;
  return at > 0 && RULE.test(lines[at - 1] ?? '') ? at - 1 : index;
}

/** How many lines an attribution takes from this one on; 0 when there is none. */
function isAttribution(lines: string[], index: number): number {
  const first = lines[index] ?? '';
  if (first.length > ATTRIBUTION_CHARS_MAX || !ATTRIBUTION_STARTS.test(first.trim())) return 0;
  let joined = '';
  for (let count = 1; count <= ATTRIBUTION_LINES_MAX; count += 1) {
    const line = lines[index + count - 1]?.trim() ?? '';
    if (line === '' || QUOTED.test(line) || line.length > ATTRIBUTION_CHARS_MAX) return 0;
    // A sentence may begin like an attribution, and the real one follow it.
    if (count > 1 && /^[^<].*\d/.test(line) && isWholeAttribution(line)) return 0;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (isWholeAttribution(joined)) return count;
    if (line.endsWith(':')) return 0;
  }
  return 0;
}

/** Somebody who writes "Bo wrote:" in a sentence names no date and no address. */
function isWholeAttribution(line: string): boolean {
  const isDated = /\d/.test(line) || /<[^<>\s]+@[^<>\s]+>/.test(line);
  const plain = line.replace(/[\u00a0\u202f]/g, ' ');
  return isDated && ATTRIBUTIONS.some((pattern) => pattern.test(plain));
}

function followAttribution(lines: string[], start: number, after: number): number | null {
  const next = nextText(lines, after);
  if (next === null) return start;
  if (QUOTED.test(lines[next] ?? '')) return followQuotedLines(lines, next, start);
  // Programs that make text of HTML leave out the marks; then only a full attribution counts.
  return TIME_OR_ADDRESS.test(lines.slice(start, after).join(' ')) ? start : null;
}

/**
 * Where the fold begins for quoted lines from `quoted` on: at their attribution when only quoted
 * lines follow; after the last answer when answers stand between them. When the quotation is on
 * top and one answer stands below, its own beginning.
 */
function followQuotedLines(lines: string[], quoted: number, start = quoted): number | null {
  const lastAnswer = lastAnswerAfter(lines, quoted);
  if (lastAnswer === null) return start;
  const isOnTop = nextText(lines, 0) === start;
  if (isOnTop && endOfTopQuotation(lines, start) !== null) return start;
  const rest = nextText(lines, lastAnswer + 1);
  return rest === null ? lines.length : rest;
}

/** The last line after `from` that the sender wrote, signatures and list footers left out. */
function lastAnswerAfter(lines: string[], from: number): number | null {
  let last: number | null = null;
  let isFooter = false;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (SIGNATURE.test(line)) isFooter = true;
    else if (QUOTED.test(line)) isFooter = false;
    else if (!isFooter && !BLANK.test(line) && isAttribution(lines, index) === 0) last = index;
  }
  return last;
}

/** Where the answer begins when the text is one quotation on top and one answer below it. */
function endOfTopQuotation(lines: string[], start: number): number | null {
  if (nextText(lines, 0) !== start) return null;
  const quoted = lines.findIndex((line, index) => index >= start && QUOTED.test(line));
  if (quoted < 0 || quoted > start + ATTRIBUTION_LINES_MAX + 1) return null;
  let end = quoted;
  while (end < lines.length && (QUOTED.test(lines[end] ?? '') || BLANK.test(lines[end] ?? ''))) {
    end += 1;
  }
  const isInterleaved = lines.slice(end).some((line) => QUOTED.test(line));
  return end >= lines.length || isInterleaved ? null : end;
}

function nextText(lines: string[], from: number): number | null {
  for (let index = from; index < lines.length; index += 1) {
    if (!BLANK.test(lines[index] ?? '')) return index;
  }
  return null;
}
