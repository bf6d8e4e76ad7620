import { createHash } from 'node:crypto';
import { wellFormed } from './clean-text.ts';
import { MESSAGE_ID_CHARS_MAX, REFERENCES_FIRST_MAX, REFERENCES_LAST_MAX } from './limits.ts';

const IN_BRACKETS = /<([^<>]+)>/g;

/**
 * The identifiers of a Message-ID, In-Reply-To or References field without their brackets. Words
 * around them (`Your message of …`) are passed over; without any bracket, words with an @ count.
 */
export function readMessageIds(field: string): string[] {
  const bracketed = Array.from(field.matchAll(IN_BRACKETS), (match) => match[1] ?? '');
  const found =
    bracketed.length > 0 ? bracketed : field.split(/[\s,]+/).filter((word) => word.includes('@'));
  return found.map(normaliseMessageId).filter((id) => id !== '');
}

/** Without brackets, white space (some senders fold inside) and control characters; never long. */
export function normaliseMessageId(text: string): string {
  const id = wellFormed(text.replace(/[\s<>\0-\x1f\x7f]/g, ''));
  if (id.length <= MESSAGE_ID_CHARS_MAX) return id;
  return `sha256-${createHash('sha256').update(id).digest('hex')}`;
}

/** Each reference once, in order; of too many the first and the last. */
export function capReferences(
  ids: readonly string[],
  first = REFERENCES_FIRST_MAX,
  last = REFERENCES_LAST_MAX,
): string[] {
  const unique = [...new Set(ids)];
  if (unique.length <= first + last) return unique;
  return [...unique.slice(0, first), ...unique.slice(-last)];
}
