import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';

const UNKNOWN = 'application/octet-stream';

/** Kinds of text: of what reads as text, only these may be believed. */
const KIND_OF_TEXT =
  /^(?:text\/|message\/|image\/svg|application\/(?:[\w.-]*[+-])?(?:json|xml|yaml|javascript|sql|pgp-[a-z]+|x-sh|ics|mbox)$)/;

/** Old office documents share one container, so the sniffer cannot tell which program's it is. */
const OLD_OFFICE = /^application\/(?:msword|vnd\.ms-(?:excel|powerpoint|outlook|project))$/;

const DECLARED = /^[a-z0-9][\w.+-]{0,80}\/[a-z0-9][\w.+-]{0,80}$/;

/** Text is told by its beginning; a file that turns binary later is still shown as a download. */
const TEXT_SAMPLE_BYTES = 4_096;

/**
 * The type of a file by its content. The sender's word counts only where content says nothing:
 * for kinds of text, and for old office documents.
 */
export async function sniffContentType(content: Buffer, declared: string): Promise<string> {
  const claim = DECLARED.test(declared.toLowerCase()) ? declared.toLowerCase() : UNKNOWN;
  const found = await sniff(content);
  if (found === 'application/x-cfb' && OLD_OFFICE.test(claim)) return claim;
  if (found === 'application/xml' && claim === 'image/svg+xml') return claim;
  if (found !== null) return found;
  if (claim.startsWith('message/')) return claim;
  if (!isText(content)) return UNKNOWN;
  return KIND_OF_TEXT.test(claim) ? claim : 'text/plain';
}

async function sniff(content: Buffer): Promise<string | null> {
  try {
    return (await fileTypeFromBuffer(content))?.mime ?? null;
  } catch {
    return null;
  }
}

function isText(content: Buffer): boolean {
  const sample = content.subarray(0, TEXT_SAMPLE_BYTES);
  if (sample.includes(0)) return false;
  // A sample may end within a character of up to four bytes.
  return [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)));
}
