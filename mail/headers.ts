import libmime from 'libmime';
import { type MailAddress, readAddresses } from './address.ts';
import { cleanLine } from './clean-text.ts';
import { type HeaderFields, firstValue, readHeaderBlock } from './header-block.ts';
import { SUBJECT_CHARS_MAX, SUBJECT_FIELD_CHARS_MAX } from './limits.ts';
import { capReferences, normaliseMessageId, readMessageIds } from './message-id.ts';

/** What is known of a mail before its body is parsed. */
export interface MailHeaders {
  /** Without brackets; null when the mail has none. */
  messageId: string | null;
  /** The first author with a usable address. */
  from: MailAddress | null;
  sender: MailAddress | null;
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  /** Decoded, on one line; '' when the mail has none. */
  subject: string;
  /** ISO 8601 in UTC; null when missing or not to be understood. */
  date: string | null;
  inReplyTo: string | null;
  /** Oldest first, each once, without brackets. */
  references: string[];
  /** For detectors: unfolded values by lower-case name, encoded words as they came. */
  raw: HeaderFields;
  /** Where the body begins in the raw mail, in bytes. */
  bodyStart: number;
}

/**
 * Reads the headers of a raw mail (RFC 5322, 2047, 6532) without looking at its body. Never throws:
 * what cannot be understood is null or left out. Costs about 0.1 ms for a normal mail.
 */
export function readHeaders(raw: Buffer): MailHeaders {
  const { fields, bodyStart } = readHeaderBlock(raw);
  const messageIdField = firstValue(fields, 'message-id');
  const messageId = readMessageIds(messageIdField)[0] ?? normaliseMessageId(messageIdField);
  return {
    messageId: messageId === '' ? null : messageId,
    from: readAddresses(firstValue(fields, 'from'))[0] ?? null,
    sender: readAddresses(firstValue(fields, 'sender'))[0] ?? null,
    replyTo: readAddresses(joined(fields, 'reply-to')),
    to: readAddresses(joined(fields, 'to')),
    cc: readAddresses(joined(fields, 'cc')),
    subject: readSubject(firstValue(fields, 'subject')),
    date: readDate(firstValue(fields, 'date')),
    inReplyTo: readMessageIds(firstValue(fields, 'in-reply-to'))[0] ?? null,
    references: capReferences(readMessageIds(joined(fields, 'references', ' '))),
    raw: fields,
    bodyStart,
  };
}

/** RFC 5322 allows these fields once; senders who repeat them mean all of the values. */
function joined(fields: HeaderFields, name: string, separator = ', '): string {
  return fields.get(name)?.join(separator) ?? '';
}

function readSubject(field: string): string {
  const value = field.slice(0, SUBJECT_FIELD_CHARS_MAX);
  return cleanLine(libmime.decodeWords(value), SUBJECT_CHARS_MAX);
}

const EARLIEST_DATE_MS = Date.UTC(1970, 0, 2);
const LATEST_DATE_MS = Date.UTC(2200, 0, 1);

const LOOKS_LIKE_A_DATE = /\d\s*[ -]\s*[A-Za-z]{3}|^\d{4}-\d\d/;
const ENDS_WITH_ZONE = /(?:[+-]\d\d:?\d\d|\b[A-Za-z]{1,5}|\dZ)$/;

/** JavaScript reads RFC 5322 dates, but for comments and zones that only their country knows. */
function readDate(field: string): string | null {
  const value = field
    .slice(0, 200)
    .replace(/\([^()]*\)/g, '')
    .trim();
  if (!LOOKS_LIKE_A_DATE.test(value)) return null;
  const zoned = ENDS_WITH_ZONE.test(value) ? value : `${value} +0000`;
  for (const candidate of [zoned, zoned.replace(/\b[A-Za-z]{1,5}$/, '+0000')]) {
    const time = Date.parse(candidate);
    if (time >= EARLIEST_DATE_MS && time < LATEST_DATE_MS) return new Date(time).toISOString();
  }
  return null;
}
