import { markedParts, type MarkedPart } from '../list/marked-parts.ts';

/** Some four lines on a phone. */
const PASSAGE_CHARS_MAX = 280;

/** What stands before the first word that was asked for, so that it is read in its sentence. */
const LEAD_CHARS = 60;

/** Shorter words stand everywhere and tell nothing. */
const MARKED_CHARS_MIN = 3;

/** The part of a passage in which the words stand that were asked for, with these marked. */
export function shownPassage(passage: string, asked: string): MarkedPart[] {
  const words = asked
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= MARKED_CHARS_MIN)
    .join(' ');
  const line = passage.replace(/\s+/g, ' ').trim();
  const [first] = markedParts(line, words, 'beginnings');
  const begins = first === undefined || first.found || first.text.length === line.length;
  return markedParts(cut(line, begins ? 0 : first.text.length), words, 'beginnings');
}

/** Whole words around a place. */
function cut(text: string, place: number): string {
  if (text.length <= PASSAGE_CHARS_MAX) return text;
  const from = place <= LEAD_CHARS ? 0 : text.indexOf(' ', place - LEAD_CHARS) + 1;
  const rest = text.slice(from);
  const start = from > 0 ? '… ' : '';
  if (rest.length <= PASSAGE_CHARS_MAX) return start + rest;
  const end = rest.lastIndexOf(' ', PASSAGE_CHARS_MAX);
  return `${start}${rest.slice(0, end > 0 ? end : PASSAGE_CHARS_MAX)} …`;
}
