/**
 * Every limit of the mail room in one place, each with its reason and what real mail measures.
 * Beyond a limit the raw mail is still stored; only what is shown of it is cut.
 */

// --- The mail as a whole

/** 25 MiB of files grow by base64 to 34 MiB; larger mails are refused with 552. */
export const MAIL_BYTES_MAX = 36 * 1024 * 1024;

// --- Headers. Normal: 2–15 KB, 20–80 lines.

/** Header bytes that are read. 5,000 references of 60 bytes are 300 KB, and nobody needs them. */
export const HEADER_BYTES_MAX = 256 * 1024;

/** Header fields that are kept; a mail through ten relays with signatures has about 100. */
export const HEADER_FIELDS_MAX = 2_000;

/** An address field as it is parsed: 200 addresses of 80 characters. */
export const ADDRESS_FIELD_CHARS_MAX = 16 * 1024;

/** Addresses kept of one field; a mail to 10,000 people must not become 10,000 participants. */
export const ADDRESSES_MAX = 200;

/** RFC 5321 allows 64 + 1 + 255 characters. */
export const ADDRESS_CHARS_MAX = 320;

/** A display name; the longest real ones are company names with departments, about 120. */
export const NAME_CHARS_MAX = 200;

/** A subject; mail clients show 60–200 characters. */
export const SUBJECT_CHARS_MAX = 500;

/** A subject field before decoding: 500 characters as base64 words of a 4-byte script. */
export const SUBJECT_FIELD_CHARS_MAX = 8 * 1024;

/** Longer Message-IDs are replaced by their hash: database index entries end at 2,700 bytes. */
export const MESSAGE_ID_CHARS_MAX = 500;

/** References kept: the first ones name the thread's start, the last ones its nearest mails. */
export const REFERENCES_FIRST_MAX = 10;
export const REFERENCES_LAST_MAX = 90;
