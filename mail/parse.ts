import { simpleParser, type Attachment, type ParsedMail as ParserResult } from 'mailparser';
import { cleanLine, cleanText, cut } from './clean-text.ts';
import { sniffContentType } from './content-type.ts';
import { cleanFilename } from './filename.ts';
import { type MailHeaders, readHeaders } from './headers.ts';
import { htmlToPlainText, sanitiseMailHtml } from './html.ts';
import {
  HTML_PART_CHARS_MAX,
  MIME_PARTS_MAX,
  SNIPPET_CHARS_MAX,
  SOURCE_CHARS_MAX,
  TEXT_CHARS_MAX,
  TEXT_IN_HTML_BYTES_MAX,
} from './limits.ts';
import { splitQuote } from './quote.ts';
import { labelCharset } from './unlabelled-charset.ts';

export interface ParsedAttachment {
  /** Cleaned, never ''. */
  filename: string;
  /** By content, not by name or by the sender's word. */
  contentType: string;
  content: Buffer;
  /** Bytes. */
  size: number;
  /** The HTML shows it by its `cid:`. */
  inline: boolean;
  /** Without brackets. */
  contentId: string | null;
}

export interface ParsedMail {
  headers: MailHeaders;
  /** The whole body as plain text; '' when there is none. */
  text: string;
  /** Sanitised, remote images held back; null when the mail has none. */
  html: string | null;
  /** What the sender wrote anew. */
  replyText: string;
  /** The mail that is answered, to be folded. */
  quotedText: string;
  attachments: ParsedAttachment[];
  /** Why the mail is shown as its source or without its HTML, in words; null when all is well. */
  problem: string | null;
}

/**
 * Parses a whole mail. Never throws and takes bounded time: what cannot be parsed is shown as its
 * source with a `problem`. No NUL in any text.
 */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const headers = readHeaders(raw);
  try {
    return await parse(raw, headers);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return shownAsSource(raw, headers, cleanLine(reason, SNIPPET_CHARS_MAX));
  }
}

/** The beginning of a text on one line, for lists. */
export function snippetOf(text: string): string {
  return cleanLine(text.slice(0, SNIPPET_CHARS_MAX * 4), SNIPPET_CHARS_MAX);
}

async function parse(raw: Buffer, headers: MailHeaders): Promise<ParsedMail> {
  const result = await runParser(raw);
  const rawHtml = typeof result.html === 'string' && result.html.trim() ? result.html : null;
  const html = rawHtml === null ? null : sanitiseMailHtml(rawHtml, { remoteImages: 'hold' });
  const plain = cleanText(result.text ?? '', TEXT_CHARS_MAX).trimEnd();
  const text = plain.trim() === '' && rawHtml !== null ? htmlToPlainText(rawHtml) : plain;
  const attachments = await Promise.all(
    result.attachments.map((attachment, index) => readAttachment(attachment, index, html)),
  );
  if (text === '' && html === null && attachments.length === 0 && hasBody(raw, headers)) {
    return shownAsSource(raw, headers, 'no part of it could be told from the others');
  }
  return {
    headers,
    text,
    html,
    ...splitQuote(text, headers.subject),
    attachments,
    problem: problemOf(rawHtml, html),
  };
}

function problemOf(rawHtml: string | null, html: string | null): string | null {
  if (rawHtml === null || html !== null) return null;
  return 'The HTML of this mail is too large or too complex to show; its text is shown instead.';
}

/** Mails whose plain text is missing are converted by us, with limits and without line breaks. */
async function runParser(raw: Buffer): Promise<ParserResult> {
  const options = {
    keepCidLinks: true,
    skipImageLinks: true,
    skipTextLinks: true,
    // Text parts beside HTML parts belong into the HTML too, but cost as much as the mail is long.
    skipTextToHtml: raw.length > TEXT_IN_HTML_BYTES_MAX,
    skipHtmlToText: !raw.includes('text/plain') && !raw.includes('TEXT/PLAIN'),
    maxHtmlLengthToParse: HTML_PART_CHARS_MAX,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    maxChildNodes: MIME_PARTS_MAX,
    checksumAlgo: false,
  } as const;
  const result = await simpleParser(raw, options);
  const isGarbled = `${result.text ?? ''}${result.html || ''}`.includes('\ufffd');
  const labelled = isGarbled ? labelCharset(raw) : null;
  return labelled === null ? result : simpleParser(labelled, options);
}

async function readAttachment(
  { filename = '', content, contentType, cid, headers }: Attachment,
  index: number,
  html: string | null,
): Promise<ParsedAttachment> {
  const isMail = contentType === 'message/rfc822' || contentType === 'text/rfc822-headers';
  const type = isMail ? contentType : await sniffContentType(content, contentType);
  const contentId = cid === undefined || cid === '' ? null : cleanLine(cid, SNIPPET_CHARS_MAX);
  const name = cleanFilename(filename) || cleanFilename(nameByType(type, content, headers));
  return {
    filename: name || `attachment-${index + 1}`,
    contentType: type,
    content,
    size: content.length,
    inline: contentId !== null && (html?.includes(`cid:${contentId}`) ?? false),
    contentId,
  };
}

/** A forwarded mail is named for its subject; other parts without a name for their description. */
function nameByType(type: string, content: Buffer, headers: Attachment['headers']): string {
  if (type === 'message/rfc822') return `${readHeaders(content).subject || 'mail'}.eml`;
  if (type === 'text/rfc822-headers') return 'headers.txt';
  if (type === 'message/delivery-status') return 'delivery-status.txt';
  if (type === 'text/calendar') return 'invitation.ics';
  const description = headers.get('content-description');
  return typeof description === 'string' ? description : '';
}

function hasBody(raw: Buffer, headers: MailHeaders): boolean {
  return raw.toString('latin1', headers.bodyStart, headers.bodyStart + 1_000).trim() !== '';
}

function shownAsSource(raw: Buffer, headers: MailHeaders, reason: string): ParsedMail {
  const body = raw.subarray(headers.bodyStart, headers.bodyStart + SOURCE_CHARS_MAX);
  const text = cut(cleanText(body.toString('utf8'), SOURCE_CHARS_MAX), SOURCE_CHARS_MAX).trimEnd();
  return {
    headers,
    text,
    html: null,
    replyText: text,
    quotedText: '',
    attachments: [],
    problem: `This mail could not be parsed (${reason}); its source is shown instead.`,
  };
}
