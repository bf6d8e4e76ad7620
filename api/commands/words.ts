import { refused } from '../../domain/errors.ts';
import { normaliseAddress, readAddresses } from '../../mail/address.ts';
import type { MailAddress } from '../../mail/address.ts';
import { cleanText } from '../../mail/clean-text.ts';
import { htmlToPlainText, sanitiseMailHtml } from '../../mail/html.ts';
import { uploadContentId, uploadOf } from '../../mail/inline-uploads.ts';
import { TEXT_CHARS_MAX } from '../../mail/limits.ts';
import { snippetOf } from '../../mail/parse.ts';

/** What a person wrote, fit to be stored and sent. */
export interface Words {
  text: string;
  html: string | null;
  snippet: string;
  /** The uploads that the HTML shows: parts of the mail, by Content-ID. */
  inline: string[];
}

/**
 * Takes text, HTML or both. HTML is cleaned on the way in; without a text of its own it gets one.
 * Words that show nothing are ''.
 * @throws RefusedError `validation`
 */
export function readWords(body: { text?: string; html?: string }): Words {
  const inline = new Set<string>();
  const html = body.html === undefined ? null : cleanHtml(body.html, inline);
  const given = body.text === undefined ? '' : cleanText(body.text, TEXT_CHARS_MAX).trimEnd();
  const text = given.trim() === '' && html !== null ? htmlToPlainText(namedImages(html)) : given;
  const shows = html !== null && (text.trim() !== '' || /<img\b/i.test(html));
  const words = text.trim() === '' ? '' : text;
  return { text: words, html: shows ? html : null, snippet: snippetOf(words), inline: [...inline] };
}

/** Images of ours are taken up by their upload's id, and shown by Content-ID from here on. */
function cleanHtml(html: string, inline: Set<string>): string {
  const moveImage = (address: string) => {
    const upload = uploadOf(address);
    if (upload === null) return null;
    inline.add(upload);
    return `cid:${uploadContentId(upload)}`;
  };
  const clean = sanitiseMailHtml(html, { remoteImages: 'keep', moveImage });
  if (clean === null) {
    throw refused('validation', 'body field "html" is too large or complex; send it as a file.');
  }
  return clean;
}

/** Who reads the text alone learns that there is a picture, and of what. */
function namedImages(html: string): string {
  return html.replace(/<img\b[^<>]*\balt="([^"]+)"[^<>]*>/g, ' [$1] ');
}

/** More people than this are a mailing list, not a conversation. */
const RECIPIENTS_MAX = 50;

/**
 * Addresses as people give them, with or without names, each once.
 * @throws RefusedError `validation` that names what is no address
 */
export function readPeople(field: string, given: string | readonly string[]): MailAddress[] {
  const entries = typeof given === 'string' ? [given] : given;
  const people = new Map<string, MailAddress>();
  for (const person of entries.flatMap((entry) => readEntry(field, entry))) {
    if (!people.has(person.address)) people.set(person.address, person);
  }
  if (people.size > RECIPIENTS_MAX) {
    throw refused(
      'validation',
      `body field "${field}" has ${people.size} addresses; give at most ${RECIPIENTS_MAX}.`,
    );
  }
  return [...people.values()];
}

/** The same without the names. */
export function readRecipients(field: string, given: string | readonly string[]): string[] {
  return readPeople(field, given).map(({ address }) => address);
}

/**
 * The copies of a mail: nobody gets it twice, and who stands in Cc is no secret.
 * @throws RefusedError `validation` that names what is no address
 */
export function readCopies(
  body: { cc?: string | readonly string[]; bcc?: string | readonly string[] },
  to: readonly string[],
): { cc: string[]; bcc: string[] } {
  const cc = readRecipients('cc', body.cc ?? []).filter((address) => !to.includes(address));
  const seen = [...to, ...cc];
  const bcc = readRecipients('bcc', body.bcc ?? []).filter((address) => !seen.includes(address));
  return { cc, bcc };
}

function readEntry(field: string, entry: string): MailAddress[] {
  const read = readAddresses(entry);
  if (read.length > 0) return read;
  const address = normaliseAddress(entry);
  if (address !== null) return [{ name: '', address }];
  throw refused('validation', `body field "${field}": "${entry}" is not a mail address.`);
}
