import {
  type AddressObject,
  type Attachment,
  type EmailAddress,
  type ParsedMail,
  simpleParser,
} from 'mailparser';
import type { CaughtMail, MailContent, Person } from './caught-mail.ts';

const SNIPPET_CHARS = 140;
/** More is not worth reading on a page, and takes long to parse. */
const HTML_CHARS_MAX = 2_000_000;

type Summary = Omit<CaughtMail, 'id' | 'receivedAt' | 'envelope' | 'sizeBytes'>;

const UNREADABLE: Summary = {
  from: [],
  to: [],
  cc: [],
  replyTo: [],
  subject: '(this mail could not be parsed: see its source)',
  messageId: null,
  inReplyTo: null,
  references: [],
  autoSubmitted: null,
  snippet: '',
};

/** What the list shows. A mail that cannot be parsed is caught all the same. */
export async function summarise(raw: Buffer): Promise<Summary> {
  const mail = await parse(raw);
  if (mail === null) return UNREADABLE;
  const auto = mail.headers.get('auto-submitted');
  return {
    from: people(mail.from),
    to: people(mail.to),
    cc: people(mail.cc),
    replyTo: people(mail.replyTo),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: [mail.references ?? []].flat(),
    autoSubmitted: typeof auto === 'string' ? auto : null,
    snippet: (mail.text ?? '').replace(/\s+/g, ' ').trim().slice(0, SNIPPET_CHARS),
  };
}

/** What the page of one mail shows; images of the mail itself are inside its HTML. */
export async function readContent(raw: Buffer): Promise<MailContent> {
  const mail = await parse(raw);
  if (mail === null) return { text: null, html: null, headers: [], attachments: [] };
  return {
    text: mail.text ?? null,
    html: mail.html || null,
    headers: mail.headerLines.map(({ line }) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
    }),
    attachments: mail.attachments.map((attachment, index) => ({
      filename: nameOf(attachment, index),
      contentType: attachment.contentType,
      sizeBytes: attachment.size,
    })),
  };
}

/** One attachment by its place; null when there is none. */
export async function readAttachment(
  raw: Buffer,
  index: number,
): Promise<{ filename: string; content: Buffer } | null> {
  const attachment = (await parse(raw))?.attachments[index];
  if (attachment === undefined) return null;
  return { filename: nameOf(attachment, index), content: attachment.content };
}

async function parse(raw: Buffer): Promise<ParsedMail | null> {
  try {
    return await simpleParser(raw, { maxHtmlLengthToParse: HTML_CHARS_MAX });
  } catch {
    return null;
  }
}

function nameOf({ filename }: Attachment, index: number): string {
  return filename?.replace(/[^\p{L}\p{N}. _-]/gu, '_') ?? `attachment-${index + 1}`;
}

function people(field: AddressObject | AddressObject[] | undefined): Person[] {
  const flatten = (entry: EmailAddress): Person[] =>
    entry.group ? entry.group.flatMap(flatten) : [{ name: entry.name, email: entry.address ?? '' }];
  return [field ?? []].flat().flatMap((object) => object.value.flatMap(flatten));
}
