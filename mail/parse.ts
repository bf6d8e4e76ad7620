import { cleanLine, cleanText, cut } from './clean-text.ts';
import { type Attachment, readAttachments } from './mime/attachments.ts';
import { type Block, type Body, assembleBody, joinBlocks } from './mime/body.ts';
import { readExtras } from './mime/extras.ts';
import { type MimeNode, readMimeTree } from './mime/mime-tree.ts';
import { openSignedParts } from './mime/open-signed.ts';
import { type OpenMail, openMail } from './mime/open-mail.ts';
import { type Leaf, createLeafReader } from './mime/read-leaf.ts';
import { type PartStore, inMemory, onlyGlanced } from './mime/stored-part.ts';
import type { MailHeaders } from './headers.ts';
import { sanitiseMailHtml } from './html.ts';
import {
  FORWARDED_DEPTH_MAX,
  SNIPPET_CHARS_MAX,
  SOURCE_CHARS_MAX,
  TEXT_CHARS_MAX,
} from './limits.ts';
import { type QuotePlace, splitReply } from './quote.ts';

export type ParsedAttachment<File = Buffer> = Attachment<File>;

export interface ParsedMail<File = Buffer> {
  headers: MailHeaders;
  /** The whole body as plain text; '' when there is none. */
  text: string;
  /** Sanitised, remote images held back; null when the mail has none. */
  html: string | null;
  /** What the sender wrote anew, and what they forwarded. */
  replyText: string;
  /** The mail that is answered, to be folded. */
  quotedText: string;
  attachments: ParsedAttachment<File>[];
  /** Why not all of the mail is shown as it was meant, in words; null when all is well. */
  problem: string | null;
  /** Of a delivery report: its fields for programs, and the headers of the mail that came back. */
  report: { status: string | null; returned: string | null };
}

/** Parses a mail that is in memory; its files are too. See {@link readMail}. */
export function parseMail(raw: Buffer): Promise<ParsedMail> {
  return readMail(inPieces(raw), inMemory);
}

/**
 * Parses a mail as it streams by; its files go to `store`. Never throws but for errors of source
 * and store, takes bounded time, and its memory does not grow with the mail: what cannot be parsed
 * is shown as its source with a `problem`. No NUL in any text.
 */
export async function readMail<File>(
  source: AsyncIterable<Buffer>,
  store: PartStore<File>,
  depth = 0,
): Promise<ParsedMail<File>> {
  const mail = await openMail(source);
  const { headers } = mail;
  const take = createLeafReader(store);
  const tree = await openSignedParts(await readMimeTree(mail.content, take), take);
  const leaves = leavesOf(tree.root);
  const own = tree.root ? assembleBody(tree.root, blockOf) : { text: '', html: null };
  const extras = await readExtras(leaves, {
    store,
    isReport: tree.root?.type === 'multipart/report',
    needsBody: own.text === '' && own.html === null,
    readForwarded: (part) =>
      depth >= FORWARDED_DEPTH_MAX ? null : readMail(part, onlyGlanced, depth + 1),
  });
  const shown = showBody(own, extras.blocks, headers.subject);
  const attachments = await readAttachments(extras.files, shown.html);
  const isEmpty = shown.text === '' && shown.html === null && attachments.length === 0;
  if (isEmpty && (tree.problem !== null || hasBody(mail))) {
    const reason = tree.problem ?? 'no part of it could be told from the others';
    return { ...shownAsSource(mail, reason), report: extras.report };
  }
  const isCut = leaves.some((leaf) => leaf.kind === 'text' && leaf.isCut);
  const problem = problemOf({ tree: tree.problem, isCut, isHtmlLost: shown.isHtmlLost });
  return { headers, ...shown.parts, attachments, problem, report: extras.report };
}

/** A mail that is not to be parsed, as its headers and its source. */
export async function showAsSource(
  source: AsyncIterable<Buffer>,
  reason: string,
): Promise<ParsedMail<never>> {
  const mail = await openMail(source);
  return { ...shownAsSource(mail, reason), report: { status: null, returned: null } };
}

/** The beginning of a text on one line, for lists. */
export function snippetOf(text: string): string {
  return cleanLine(text.slice(0, SNIPPET_CHARS_MAX * 4), SNIPPET_CHARS_MAX);
}

const PIECE_BYTES = 64 * 1024;

/** Bytes in memory as the parser takes them. */
export async function* inPieces(raw: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += PIECE_BYTES) yield raw.subarray(at, at + PIECE_BYTES);
}

function leavesOf<File>(node: MimeNode<Leaf<File>> | null): Leaf<File>[] {
  if (!node) return [];
  return node.taken ? [node.taken] : node.children.flatMap(leavesOf);
}

function blockOf(leaf: Leaf<unknown>): Block | null {
  if (leaf.kind === 'file') return null;
  return leaf.isHtml ? { plain: null, html: leaf.text } : { plain: leaf.text, html: null };
}

interface ShownBody {
  text: string;
  html: string | null;
  isHtmlLost: boolean;
  parts: Pick<ParsedMail, 'text' | 'html' | 'replyText' | 'quotedText'>;
}

/** What is forwarded or added stands below the own words, and is never taken for a quotation. */
function showBody(own: Body, added: readonly Block[], subject: string): ShownBody {
  const below = joinBlocks(added);
  const text = cleanText(own.text, TEXT_CHARS_MAX).trimEnd();
  const { replyText, quotedText, place } = splitReply(text, subject);
  const whole = joinBlocks([{ plain: own.text, html: own.html }, ...added]).html;
  const html = whole === null || whole.trim() === '' ? null : sanitised(whole, place);
  const append = (words: string): string =>
    cut([words, below.text].filter((piece) => piece !== '').join('\n\n'), TEXT_CHARS_MAX);
  const parts = { text: append(text), html, replyText: append(replyText), quotedText };
  return { text: parts.text, html, isHtmlLost: whole !== null && html === null, parts };
}

function sanitised(html: string, place: QuotePlace): string | null {
  const quotes =
    place === 'below' || place === 'none' ? 'all' : place === 'top' ? 'blocks' : 'none';
  return sanitiseMailHtml(html, { remoteImages: 'hold', quotes });
}

function problemOf(found: {
  tree: string | null;
  isCut: boolean;
  isHtmlLost: boolean;
}): string | null {
  if (found.tree !== null) {
    const reason = cleanLine(found.tree, SNIPPET_CHARS_MAX);
    return `This mail could not be parsed to its end (${reason}); what came before is shown.`;
  }
  if (found.isHtmlLost) {
    return 'The HTML of this mail is too large or too complex to show; its text is shown instead.';
  }
  return found.isCut ? 'The text of this mail is too long to show; its beginning is shown.' : null;
}

function hasBody(mail: OpenMail): boolean {
  return mail.bodyBegin().toString('latin1', 0, 1_000).trim() !== '';
}

function shownAsSource(mail: OpenMail, reason: string): Omit<ParsedMail<never>, 'report'> {
  const text = cleanText(mail.bodyBegin().toString('utf8'), SOURCE_CHARS_MAX).trimEnd();
  const why = cleanLine(reason, SNIPPET_CHARS_MAX);
  return {
    headers: mail.headers,
    text,
    html: null,
    replyText: text,
    quotedText: '',
    attachments: [],
    problem: `This mail could not be parsed (${why}); its source is shown instead.`,
  };
}
