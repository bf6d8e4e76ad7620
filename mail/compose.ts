import type { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type MailAddress, normaliseAddress } from './address.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { cleanFilename } from './filename.ts';
import { escapeHtml, htmlToPlainText, plainTextToHtml, sanitiseMailHtml } from './html.ts';
import {
  NAME_CHARS_MAX,
  REFERENCES_OUT_FIRST,
  REFERENCES_OUT_LAST,
  SUBJECT_CHARS_MAX,
  TEXT_CHARS_MAX,
} from './limits.ts';
import { capReferences, normaliseMessageId } from './message-id.ts';
import { FRAME_STYLE, MUTED_STYLE, QUOTE_STYLE } from './render/styles.ts';

export interface OutgoingAttachment {
  filename: string;
  contentType: string;
  /** A stream is asked for once, when the mail is composed. */
  content: Buffer | (() => Readable);
  /** Set for images that the HTML shows by `cid:`; without brackets. */
  contentId?: string | null;
}

/** A mail to be written; what is left out or null does not appear in it. */
export interface OutgoingMail {
  /** The mailbox with its display name. */
  from: MailAddress;
  /** The token address of the ticket. */
  replyTo?: string | null;
  to: readonly (MailAddress | string)[];
  cc?: readonly (MailAddress | string)[];
  subject: string;
  /** Given by the caller, so that every attempt sends the same mail; with or without brackets. */
  messageId: string;
  date: Date;
  inReplyTo?: string | null;
  /** Oldest first. The mail that is answered is added when missing. */
  references?: readonly string[];
  text?: string | null;
  /** Sanitised here. */
  html?: string | null;
  /** Plain text, put below the text after the usual `-- `. */
  signature?: string | null;
  /** The same for the HTML part; sanitised here. Without a plain one, its text is that. */
  signatureHtml?: string | null;
  /** The mail that is answered, put below everything. */
  quoted?: { heading: string; text: string } | null;
  attachments?: readonly OutgoingAttachment[];
  /** RFC 3834: `auto-replied` answers a mail, `auto-generated` begins by itself. */
  automatic?: 'auto-replied' | 'auto-generated' | null;
  /** What its boundaries begin with, where the same mail shall be the same bytes; else chance. */
  boundary?: string;
}

/**
 * The bytes of a mail (RFC 5322) with a text and an HTML part. No value can break out of its place.
 *
 * @throws TypeError naming an address that is none, or when nobody is to get the mail
 */
export async function composeMail(mail: OutgoingMail): Promise<Buffer> {
  return Buffer.concat(await composeStream(mail).toArray());
}

/**
 * The same as a stream: files that are streams are never wholly in memory.
 *
 * @throws TypeError as `composeMail` does; the stream fails when one of the files does
 */
export function composeStream(mail: OutgoingMail): Readable {
  const { text, html, images } = mailBody(mail);
  const to = mail.to.map(addressOf);
  if (to.length === 0) throw new TypeError('The mail has no recipient; name one in `to`.');
  const from = addressOf(mail.from);
  const composer = new MailComposer({
    from,
    to,
    cc: (mail.cc ?? []).map(addressOf),
    replyTo: mail.replyTo ? addressOf({ name: mail.from.name, address: mail.replyTo }) : undefined,
    subject: cleanLine(mail.subject, SUBJECT_CHARS_MAX),
    date: mail.date,
    ...threadHeaders(mail),
    headers: automaticHeaders(mail.automatic ?? null),
    text,
    html,
    attachments: [...images, ...(mail.attachments ?? [])].map(attachmentOf),
    ...(mail.boundary === undefined ? {} : { baseBoundary: mail.boundary }),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().createReadStream();
}

function addressOf(who: MailAddress | string): MailAddress {
  const { name, address } = typeof who === 'string' ? { name: '', address: who } : who;
  const normalised = normaliseAddress(address);
  if (normalised === null) throw new TypeError(`"${cleanLine(address, 100)}" is no mail address.`);
  return { name: cleanLine(name, NAME_CHARS_MAX), address: normalised };
}

function threadHeaders({ messageId, inReplyTo, references = [] }: OutgoingMail) {
  const parent = inReplyTo ? normaliseMessageId(inReplyTo) : '';
  const others = references.map(normaliseMessageId).filter((id) => id !== '' && id !== parent);
  const all = parent === '' ? others : [...others, parent];
  const capped = capReferences(all, REFERENCES_OUT_FIRST, REFERENCES_OUT_LAST);
  return {
    messageId: inBrackets(normaliseMessageId(messageId)),
    inReplyTo: parent === '' ? undefined : inBrackets(parent),
    references: capped.length === 0 ? undefined : capped.map(inBrackets),
  };
}

function inBrackets(id: string): string {
  return `<${id}>`;
}

function automaticHeaders(automatic: OutgoingMail['automatic']): Record<string, string> {
  if (!automatic) return {};
  return { 'Auto-Submitted': automatic, 'X-Auto-Response-Suppress': 'All' };
}

type MailWords = Pick<
  OutgoingMail,
  'text' | 'html' | 'signature' | 'signatureHtml' | 'quoted' | 'messageId'
>;

/** What a mail says: its text, its HTML as a whole document, and the images that this shows. */
export function mailBody(mail: MailWords) {
  const { html: liftedHtml, images } = liftEmbeddedImages(mail.html ?? '', mail.messageId);
  const { text, html } = bodyOf({ ...mail, html: liftedHtml });
  return { text, html: documentOf(html), images };
}

function bodyOf(mail: MailWords): { text: string; html: string } {
  const { quoted } = mail;
  const signatureHtml = mail.signatureHtml
    ? sanitiseMailHtml(mail.signatureHtml, { remoteImages: 'keep' })
    : null;
  const signature = mail.signature || (signatureHtml ? htmlToPlainText(signatureHtml) : '');
  const safeHtml = mail.html ? sanitiseMailHtml(mail.html, { remoteImages: 'keep' }) : null;
  const written = mail.text ?? (mail.html ? htmlToPlainText(mail.html) : '');
  const text = cleanText(written, TEXT_CHARS_MAX).trimEnd();
  const texts = [text];
  const htmls = [safeHtml ?? `<div>${plainTextToHtml(text)}</div>`];
  if (signature) {
    texts.push(`-- \n${cleanText(signature, TEXT_CHARS_MAX)}`);
    const shown = signatureHtml ?? plainTextToHtml(signature);
    htmls.push(`<div style="${MUTED_STYLE}">-- <br>\n${shown}</div>`);
  }
  if (quoted) {
    const lines = cleanText(quoted.text, TEXT_CHARS_MAX).split('\n');
    const quotedLines = lines.map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`));
    const heading = cleanLine(quoted.heading, SUBJECT_CHARS_MAX);
    texts.push(`${heading}\n${quotedLines.join('\n')}`);
    const original = plainTextToHtml(quoted.text);
    htmls.push(
      `<div class="gmail_quote"><div>${escapeHtml(heading)}</div>\n` +
        `<blockquote type="cite" style="${QUOTE_STYLE}">${original}</blockquote></div>`,
    );
  }
  return { text: `${texts.join('\n\n')}\n`, html: htmls.join('\n<br>\n') };
}

function documentOf(body: string): string {
  return (
    '<!doctype html>\n<html><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n' +
    `<body style="margin:0"><div style="${FRAME_STYLE}">\n${body}\n</div></body></html>\n`
  );
}

const EMBEDDED_IMAGE =
  /\bsrc=["']data:(image\/(png|jpe?g|gif|webp));base64,([A-Za-z0-9+/=\s]+)["']/gi;

/** Gmail and Outlook show no `data:` images, so pasted ones become parts of the mail. */
function liftEmbeddedImages(
  html: string,
  messageId: string,
): { html: string; images: OutgoingAttachment[] } {
  const images: OutgoingAttachment[] = [];
  const lifted = html.replace(
    EMBEDDED_IMAGE,
    (_match, type: string, ending: string, data: string) => {
      const contentId = normaliseMessageId(`image-${images.length + 1}.${messageId}`);
      const filename = `image-${images.length + 1}.${ending}`;
      images.push({ filename, contentType: type, content: Buffer.from(data, 'base64'), contentId });
      return `src="cid:${contentId}"`;
    },
  );
  return { html: lifted, images };
}

const CONTENT_TYPE = /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/i;

function attachmentOf({ filename, contentType, content, contentId }: OutgoingAttachment) {
  const shared = {
    filename: cleanFilename(filename) || 'attachment',
    contentType: CONTENT_TYPE.test(contentType) ? contentType : 'application/octet-stream',
    content: typeof content === 'function' ? content() : content,
  };
  return contentId ? { ...shared, cid: normaliseMessageId(contentId) } : shared;
}
