import { cleanText, cut } from '../clean-text.ts';
import {
  BOUNCE_TEXT_CHARS_MAX,
  CALENDAR_BYTES_MAX,
  FORWARDED_MAX,
  TEXT_CHARS_MAX,
} from '../limits.ts';
import { escapeHtml } from '../html.ts';
import type { MailAddress } from '../address.ts';
import type { MailHeaders } from '../headers.ts';
import type { MailFile } from './attachments.ts';
import type { Block } from './body.ts';
import { describeCalendar } from './calendar.ts';
import { decodeText } from './charset.ts';
import type { Leaf } from './read-leaf.ts';
import { sealedNote } from './sealed.ts';
import { type PartStore, type StoredPart, piecesOf } from './stored-part.ts';
import { readTnef } from './tnef.ts';

/** What is read out of the files of a mail. */
interface Extras<File> {
  files: MailFile<File>[];
  /** Stand below the body. */
  blocks: Block[];
  report: { status: string | null; returned: string | null };
}

interface Forwarded {
  headers: MailHeaders;
  text: string;
  html: string | null;
}

interface ReadingExtras<File> {
  store: PartStore<File>;
  /** In a delivery report the mail that came back is no forwarded one. */
  isReport: boolean;
  /** A mail without a text of its own is shown by that of its winmail.dat. */
  needsBody: boolean;
  /** Null when mails are within mails too deep. */
  readForwarded: (part: AsyncIterable<Buffer>) => Promise<Forwarded> | null;
}

/** Files that say something: invitations, forwarded mails, winmail.dat, sealed content, reports. */
export async function readExtras<File>(
  leaves: readonly Leaf<File>[],
  reading: ReadingExtras<File>,
): Promise<Extras<File>> {
  const extras: Extras<File> = { files: [], blocks: [], report: { status: null, returned: null } };
  let forwarded = 0;
  for (const found of leaves) {
    if (found.kind === 'text') {
      extras.files.push(...found.files);
      continue;
    }
    const { leaf, stored } = found;
    const unpacked = isTnef(leaf) ? await unpackTnef(stored, reading) : null;
    if (unpacked) {
      extras.files.push(...unpacked.files);
      if (unpacked.block) extras.blocks.push(unpacked.block);
      if (!unpacked.isWhole) extras.files.push({ leaf, stored });
      continue;
    }
    extras.files.push({ leaf, stored });
    await readReport(extras.report, leaf.type, stored);
    const note = sealedNote(leaf.type);
    if (note !== null) extras.blocks.push({ plain: note, html: null });
    if (leaf.type === 'text/calendar' && extras.blocks.every(({ plain }) => !isEvent(plain))) {
      await addCalendar(extras.blocks, stored, leaf.params['charset'] ?? '');
    }
    if (leaf.type === 'message/rfc822' && !reading.isReport && forwarded < FORWARDED_MAX) {
      forwarded += 1;
      const mail = await reading.readForwarded(piecesOf(stored));
      if (mail) extras.blocks.push(forwardedBlock(mail));
    }
  }
  return extras;
}

function isTnef({ type, filename }: { type: string; filename: string }): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(filename);
}

async function unpackTnef<File>(
  stored: StoredPart<File>,
  { store, needsBody }: ReadingExtras<File>,
): Promise<{ files: MailFile<File>[]; block: Block | null; isWhole: boolean } | null> {
  const tnef = await readTnef(stored);
  if (!tnef) return null;
  const files: MailFile<File>[] = [];
  for (const { filename, contentId, start, end } of tnef.files) {
    const leaf = { type: 'application/octet-stream', filename, contentId, description: '' };
    files.push({ leaf, stored: await store.keep(piecesOf(stored, start, end)) });
  }
  const { text, html, isWhole } = tnef;
  const hasBody = needsBody && (text !== '' || html !== '');
  const plain = text === '' ? null : cleanText(text, TEXT_CHARS_MAX);
  const block = hasBody ? { plain, html: html === '' ? null : html } : null;
  return { files, block, isWhole };
}

async function readReport(
  report: Extras<unknown>['report'],
  type: string,
  stored: StoredPart<unknown>,
): Promise<void> {
  const isStatus = /^message\/(?:global-)?delivery-status$/.test(type);
  const isReturned = /^(?:message\/(?:rfc822|global)|(?:text|message)\/(?:rfc822|global)-headers)$/;
  if (!isStatus && !isReturned.test(type)) return;
  const bytes = await stored.read(0, BOUNCE_TEXT_CHARS_MAX);
  const begin = cleanText(decodeText(bytes, 'utf-8'), BOUNCE_TEXT_CHARS_MAX);
  if (isStatus) report.status ??= begin;
  else report.returned ??= begin;
}

const EVENT = /^(?:Invitation|Cancelled|Answer to an invitation|Another time is proposed|Event): /;

/** Some programs send an invitation twice, to be shown and as a file. */
function isEvent(plain: string | null): boolean {
  return plain !== null && EVENT.test(plain);
}

async function addCalendar(
  blocks: Block[],
  stored: StoredPart<unknown>,
  charset: string,
): Promise<void> {
  const source = decodeText(await stored.read(0, CALENDAR_BYTES_MAX), charset || 'utf-8');
  const plain = describeCalendar(source);
  if (plain !== '') blocks.push({ plain, html: null });
}

/** The mark tells the reader, and the splitter of replies, that this is no quotation. */
const MARK = '---------- Forwarded message ----------';

function forwardedBlock({ headers, text, html }: Forwarded): Block {
  const rows = [
    ['From', people(headers.from ? [headers.from] : [])],
    ['Date', headers.date === null ? '' : headers.date.slice(0, 16).replace('T', ' ') + ' UTC'],
    ['Subject', headers.subject],
    ['To', people(headers.to)],
    ['Cc', people(headers.cc)],
  ].filter(([, value]) => value !== '');
  const head = [MARK, ...rows.map(([name, value]) => `${name}: ${value}`)].join('\n');
  const plain = cut(`${head}\n\n${text}`, TEXT_CHARS_MAX);
  const shownHead = escapeHtml(head).replaceAll('\n', '<br>\n');
  return { plain, html: html === null ? null : `<div>${shownHead}</div><br>\n${html}` };
}

/** More names than this hide the mail below them. */
const PEOPLE_MAX = 10;

function people(addresses: readonly MailAddress[]): string {
  const shown = addresses
    .slice(0, PEOPLE_MAX)
    .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`));
  return addresses.length > PEOPLE_MAX ? `${shown.join(', ')}, …` : shown.join(', ');
}
