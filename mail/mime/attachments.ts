import { cleanLine } from '../clean-text.ts';
import { sniffContentType } from '../content-type.ts';
import { cleanFilename } from '../filename.ts';
import { readHeaders } from '../headers.ts';
import { SNIFF_BYTES, SNIPPET_CHARS_MAX } from '../limits.ts';
import type { MimeLeaf } from './mime-tree.ts';
import type { StoredPart } from './stored-part.ts';

export interface Attachment<File> {
  /** Cleaned, never ''. */
  filename: string;
  /** By content, not by name or by the sender's word. */
  contentType: string;
  content: File;
  /** Bytes. */
  size: number;
  /** The HTML shows it by its `cid:`. */
  inline: boolean;
  /** Without brackets. */
  contentId: string | null;
}

/** A file of a mail, from a part of its own or from within one. */
export interface MailFile<File> {
  leaf: Pick<MimeLeaf, 'type' | 'filename' | 'contentId' | 'description'>;
  stored: StoredPart<File>;
}

/** Mails within mails keep their declared type: to a sniffer they are plain text. */
const MAIL_TYPE = /^(?:message\/(?:rfc822|global)|text\/rfc822-headers)$/;

/** @param html as it is shown, to tell which images stand in it */
export async function readAttachments<File>(
  files: readonly MailFile<File>[],
  html: string | null,
): Promise<Attachment<File>[]> {
  const shown = shownContentIds(html ?? '');
  const attachments: Attachment<File>[] = [];
  for (const [index, { leaf, stored }] of files.entries()) {
    const begin = await stored.read(0, SNIFF_BYTES);
    const type = MAIL_TYPE.test(leaf.type) ? leaf.type : await sniffContentType(begin, leaf.type);
    const contentId = leaf.contentId === '' ? null : cleanLine(leaf.contentId, SNIPPET_CHARS_MAX);
    const name = cleanFilename(leaf.filename) || cleanFilename(nameByType(type, begin, leaf));
    attachments.push({
      filename: name || `attachment-${index + 1}`,
      contentType: type,
      content: stored.file,
      size: stored.size,
      inline: contentId !== null && shown.has(contentId),
      contentId,
    });
  }
  return attachments;
}

/** Addresses of images write some letters of an identifier as `%40`, or as `&amp;`. */
export function shownContentIds(html: string): Set<string> {
  const ids = new Set<string>();
  for (const [, written = ''] of html.matchAll(/\bcid:([^"'\s<>)]{1,500})/gi)) {
    const id = written.replaceAll('&amp;', '&');
    ids.add(id);
    try {
      ids.add(decodeURIComponent(id));
    } catch {
      // A lone percent sign stands for itself.
    }
  }
  return ids;
}

const NAMES: { [type: string]: string } = {
  'text/rfc822-headers': 'headers.txt',
  'message/delivery-status': 'delivery-status.txt',
  'text/calendar': 'invitation.ics',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-encrypted': 'pgp-version.txt',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
};

/** A forwarded mail is named for its subject; others for their kind, or by their description. */
function nameByType(
  type: string,
  begin: Buffer,
  leaf: Pick<MimeLeaf, 'type' | 'description'>,
): string {
  if (type === 'message/rfc822') return `${readHeaders(begin).subject || 'mail'}.eml`;
  return NAMES[leaf.type] ?? leaf.description;
}
