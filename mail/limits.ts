/**
 * Every limit of the mail room in one place, each with its reason and what real mail measures.
 * Beyond a limit the raw mail is still stored; only what is shown of it is cut.
 */

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

// --- Taking mail in

/** RFC 5321, 4.5.3.1.8 asks for 100 at least; more get 452, so that the sender splits the mail. */
export const RECIPIENTS_MAX = 100;

/** Open connections; beyond it those that send nothing, or next to nothing, get 421. */
export const CONNECTIONS_MAX = 500;

/** Of one address. A busy relay opens 20–50, and one in front of us may bring everybody's mail. */
export const CONNECTIONS_PER_ADDRESS_MAX = 200;

/** RFC 5321, 4.5.3.2 has senders wait 5 minutes for us; as long we wait for them. */
export const RECEIVE_IDLE_MS = 5 * 60 * 1000;

/** Silence within a mail. Whoever stops in the middle of one for a minute has lost its line. */
export const RECEIVE_DATA_IDLE_MS = 60 * 1000;

/** When there is room for nobody else: 99 of 100 mails are through within this since their DATA. */
export const RECEIVE_DATA_GRACE_MS = 20 * 1000;

/** For a whole mail from DATA on: 25 MiB at 0.4 Mbit/s. It ends senders who drip byte by byte. */
export const RECEIVE_MAIL_MS_MAX = 10 * 60 * 1000;

/** Mails above this size are received a few at a time. 99 of 100 mails are smaller. */
export const SMALL_MAIL_BYTES = 1024 * 1024;

/** Large mails in memory at once: 6 × 25 MiB bound what a crowd of senders can make us hold. */
export const LARGE_MAILS_AT_ONCE = 6;

/** How often one who waits for a place looks whether a slow holder's time is over. */
export const LARGE_MAILS_LOOK_MS = 1000;

/** Time for mails under way when we are told to stop; after that their senders come again. */
export const STOP_RECEIVING_MS = 10 * 1000;

/**
 * One address may send this many mails at once and so many a second for ever; beyond it each mail
 * waits. A relay that brings a night's backlog is not slowed; one mail a millisecond is.
 */
export const FLOOD_BURST_MAILS = 2_000;
export const FLOOD_MAILS_PER_SECOND = 200;

/** The longest wait for one mail; a sender gives up after 5 minutes, and must not. */
export const FLOOD_WAIT_MS_MAX = 10 * 1000;

/** Addresses that the brake remembers; the longest silent one is forgotten first. */
export const FLOOD_ADDRESSES_MAX = 10_000;

// --- Sending. While an attempt lives, it renews the short lease of its row.

/** Name look-up, connecting, greeting and TLS together; a reachable server needs under 2 s. */
export const SEND_CONNECT_MS = 30 * 1000;

/** From the connection to the greeting; servers that delay it against spam take 5–20 s. */
export const SEND_GREETING_MS = 30 * 1000;

/** Silence of the server. After the final dot some scan the mail for a minute. */
export const SEND_IDLE_MS = 120 * 1000;

/** The whole attempt, against servers that drip; 25 MiB at 1 Mbit/s pass in this time. */
export const SEND_TOTAL_MS = 220 * 1000;

/** Held back until the hand-over is recorded, so that no server has the whole mail before. */
export const HELD_BACK_BYTES = 512;

/** What a server says is shown to people; the longest real answers have 400 characters. */
export const SERVER_WORDS_CHARS_MAX = 1_000;

// --- Parsers: processes of their own. One takes about 70 MB, and 0.4 s to begin.

/** Parsers when all is well: parsing a usual mail takes 1–5 ms. */
export const PARSERS = 2;

/** Parsers when usual ones are busy for long; more than so many bad mails at once have to wait. */
export const PARSERS_MAX = 6;

/** A mail that waited so long gets a parser of its own. */
export const PARSE_WAIT_MS = 200;

/** The worst mails that we know take 2 s on a slow machine; nothing may take a parser for ever. */
export const PARSE_MS_MAX = 15 * 1000;

/** The worst mails that we know take 150 MB; the contents of files are not in this memory. */
export const PARSE_MEMORY_MB_MAX = 384;

/** A parser that had nothing to do for so long ends, and gives its memory back. */
export const PARSER_IDLE_MS = 10 * 60 * 1000;

/** Plain text up to this size is parsed where it arrived: the worst of it takes some 10 ms. */
export const PARSE_HERE_BYTES_MAX = 16 * 1024;

// --- Parsing. Normal: 2–10 parts, 5–100 KB of HTML with under 5,000 tags.

/** MIME parts of one mail; the parser stops there and what came before is shown. */
export const MIME_PARTS_MAX = 500;

/** Parts and what holds them, for the splitter: it reads ahead, and fails instead of stopping. */
export const MIME_NODES_MAX = 2_000;

/** Parts within parts; answers to answers of signed forwards reach about 10. */
export const MIME_DEPTH_MAX = 200;

/** What is gathered to find where the headers end: beyond `HEADER_BYTES_MAX` nothing is read. */
export const HEAD_READ_BYTES_MAX = 2 * 1024 * 1024;

/** Bytes of one text part before decoding: `TEXT_CHARS_MAX` in a script of four bytes a letter. */
export const TEXT_PART_BYTES_MAX = 4 * 1024 * 1024;

/** Bytes of all text parts of a mail together: they are in memory while it is put together. */
export const TEXT_BYTES_MAX = 12 * 1024 * 1024;

/** What the sniffer looks at of a file; an office document tells its kind in the first entries. */
export const SNIFF_BYTES = 64 * 1024;

/** Calendar parts that are read for what they say; one with 500 guests has 100 KB. */
export const CALENDAR_BYTES_MAX = 256 * 1024;

/** Forwarded mails whose text is shown, and how deep: the rest is there as files. */
export const FORWARDED_MAX = 5;
export const FORWARDED_DEPTH_MAX = 3;

/** HTML beyond this is shown as its text; the largest newsletters have 500 KB. */
export const HTML_CHARS_MAX = 2_000_000;

/** Opening tags. HTML parsers take time by the square of the nesting: 30,000 levels are 0.4 s. */
export const HTML_TAGS_MAX = 30_000;

/** Nesting that is kept; tables within tables of newsletters reach about 100. */
export const HTML_DEPTH_MAX = 200;

/** Text of a mail; a book has a million characters, and search indexes end there too. */
export const TEXT_CHARS_MAX = 1_000_000;

/** A file name; file systems end at 255 bytes, which are 63 characters at the worst. */
export const FILENAME_CHARS_MAX = 120;

/** One line of text as a list shows it. */
export const SNIPPET_CHARS_MAX = 180;

/** Lines in which the splitter looks for where the quotation begins. */
export const QUOTE_LINES_MAX = 20_000;

/** The beginning of a body that could not be parsed. */
export const SOURCE_CHARS_MAX = 64 * 1024;

/** What is read of a delivery report; the report itself stands before the returned mail. */
export const BOUNCE_TEXT_CHARS_MAX = 64 * 1024;

// --- Composing

/** References that leave: where the thread begins and its end; servers cut at 998 characters. */
export const REFERENCES_OUT_FIRST = 2;
export const REFERENCES_OUT_LAST = 14;

/** Messages in a transcript; the last ones are what its reader looks for. */
export const SUMMARY_MESSAGES_MAX = 200;

/** Characters of one message in a transcript. */
export const SUMMARY_MESSAGE_CHARS_MAX = 20_000;

// --- Checking senders

/** Contract: checking never delays a mail's outcome by more than this. */
export const AUTHENTICATION_MS_MAX = 2_000;

/** All look-ups together; the rest of the time is for what is computed from the answers. */
export const DNS_ANSWERS_MS_MAX = 1_700;

/** One question to the name servers; some are far, and answer within 0.3 s. */
export const DNS_QUESTION_MS_MAX = 1_500;

/** After so many questions without any answer the name servers rest for a while. */
export const DNS_SILENT_QUESTIONS_MAX = 3;
export const DNS_REST_MS = 15_000;

/** mailauth's time grows by the square of folded lines; normal mail has 2–15 KB of headers. */
export const AUTHENTICATION_HEADER_BYTES_MAX = 64 * 1024;
export const AUTHENTICATION_HEADER_LINES_MAX = 1_500;

/** Real mail has up to 4 signatures and 5 seals. */
export const DKIM_SIGNATURES_MAX = 10;
export const ARC_SEALS_MAX = 10;

// --- Servers of mailboxes

/** An access token is not used in its last minute: the clocks differ, and a login takes time. */
export const TOKEN_SPARE_MS = 60 * 1000;

/** For issuers that do not say how long a token is good; theirs are for an hour. */
export const TOKEN_VALID_MS = 10 * 60 * 1000;

/** One request to a token endpoint; they answer within 2 s. */
export const TOKEN_REQUEST_MS = 10 * 1000;

/** A process that was lost while it asked for a token is waited for so long. */
export const TOKEN_LEASE_MS = 15 * 1000;

/** A token endpoint's answer has 2–5 KB. */
export const TOKEN_ANSWER_BYTES_MAX = 64 * 1024;

/** Connecting, greeting and TLS with a mailbox's server, each; a reachable one needs under 2 s. */
export const IMAP_CONNECT_MS = 20 * 1000;

/** One IMAP command, and more for what comes with it: 25 MiB at 2 Mbit/s. */
export const IMAP_COMMAND_MS = 120 * 1000;

/** Looking whether the connection still lives. A server that vanished says nothing. */
export const IMAP_PROBE_MS = 15 * 1000;

/** IDLE is broken so often to see that the server still answers; firewalls forget after minutes. */
export const IMAP_IDLE_MS = 60 * 1000;

/** Without IDLE (RFC 2177) the folder is looked at so often. */
export const IMAP_POLL_MS = 10 * 1000;

/** Mails fetched together: enough that the line never waits, and little enough to hold. */
export const IMAP_BATCH_MAILS = 50;
export const IMAP_BATCH_BYTES = 8 * 1024 * 1024;

/** Of a mail over the limit its beginning is kept: the headers, and some of its text. */
export const TOO_LARGE_HEAD_BYTES = 256 * 1024;

/** Somebody waits for what a test of a mailbox says. */
export const TRY_CONNECT_MS = 8 * 1000;
export const TRY_SEND_LIMITS = {
  connectMs: 8 * 1000,
  greetingMs: 10 * 1000,
  idleMs: 10 * 1000,
  totalMs: 25 * 1000,
} as const;

/** What is read of a mail in an mbox file to find its date; 99 of 100 headers are shorter. */
export const MBOX_HEAD_BYTES = 64 * 1024;
